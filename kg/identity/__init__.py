"""Identity: who and what the entities of articles are, across articles.

Keys. Every entity has a key, an IRI that is a function of its article alone (kg/identity/keys.py):

- Place: a division by its code and latest name (`place/620900-酒泉市`), where one that only changed its code
  is followed to the last (亚东县 542334 is 540233); one of the register's namesakes that nothing tells apart
  stays by itself. A village, town or street by its name and the division it is said to lie in
  (`place/枫桥镇@330681`), else by name.
- Institution: by name, in which places are followed to the smallest and organs take their usual short form
  (河南省新乡市委员会 is 新乡市委; 甘肃社科院 and, in an article on Gansu, 省社科院 are 甘肃省社科院).
  Where several places have the name, with the code (朝阳区法院@110105). 国防部 after the name of another
  country is that country's. An organ named without its place, where the article gives none, stays by itself.
  What took over from another is related to it by the table of successions, and told apart.
- Practice, Document, Honour: by canonical name (kg/names.py).
- Event: by name, less a year before it and what 暨 joins to it, and year, taken from heldOn or else from
  the article's date; of a name of fewer than eight characters, which says too little, by the whole date.
- Person: by name and the office that sorts first among those the article gives, present ones before former
  ones (`person/唐盛利@甘肃省委政法委`); without office by name and a digest of where it stands.

Blocks. Keys that could be one share a block: persons their name, events the core of their name, localities
and practices likewise. Other keys are alone, unless a curator's ruling joins them. All comparing is within
blocks, and within them against groups and by shared features, so that it stays near linear.

Pairs. Two keys of a block are compared by features with weights (kg/identity/*_pairs.py); their sum decides:
positive, negative or unsure. Keys are then joined from the surest pair down, never across a negative one
(kg/identity/clusters.py). A curator's ruling goes before any score.

Ledger. The decisions that matter stand in `…/graph/ledger` with score, reasons and who decided.
"""
