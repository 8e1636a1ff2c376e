"""The words of the codebook's page around what the ontology and the rules say."""

from __future__ import annotations

from extract.language.relations import Text

WORDS = {
    "title": Text("编码手册", "Codebook"),
    "about": Text(
        "由本体、关系文件与实测数据生成：每个类与关系的定义、例子、找到它的规则、实测的精确率与召回率，以及在该图谱中的数量。",
        "Made from the ontology, the relation files and measured figures: each class and relation with its "
        "definition, examples, the rules that find it, measured precision and recall, and counts.",
    ),
    "no_store": Text("未指定图谱，故无数量。", "No store was named, so there are no counts."),
    "stale": Text(
        "实测之后规则或词表已有改动，数字可能不再准确。",
        "Rules or lexicons have changed since the figures were measured; they may no longer be exact.",
    ),
    "articles": Text("报道", "articles"),
    "classes": Text("类", "Classes"),
    "relations": Text("关系", "Relations"),
    "properties": Text("其他属性", "Other properties"),
    "definition": Text("定义", "Definition"),
    "examples": Text("例子", "Examples"),
    "from_store": Text("图谱中提到最多的", "most spoken of in this store"),
    "from_rules": Text("规则的例子中", "in the rules' examples"),
    "subject": Text("主语", "Subject"),
    "object": Text("宾语", "Object"),
    "inverse": Text("逆关系", "Inverse"),
    "symmetric": Text("对称", "Symmetric"),
    "qualifiers": Text("限定", "Qualifiers"),
    "measured": Text("实测", "Measured"),
    "set": Text("测试集", "Set"),
    "precision": Text("精确率", "Precision"),
    "recall": Text("召回率", "Recall"),
    "gold": Text("标注数", "In gold"),
    "not_measured": Text("标注中没有。", "Gold holds none."),
    "counts": Text("图谱中", "In this store"),
    "entities": Text("实体", "entities"),
    "statements": Text("陈述", "statements"),
    "facts": Text("不同的事实", "distinct facts"),
    "planned": Text("其中仅为计划", "of these only planned"),
    "rules": Text("规则", "Rules"),
    "no_rules": Text("没有规则；只能由编者写明。", "No rules; only curators can state it."),
    "rule_precision": Text("测试集中的精确率", "precision on gold"),
    "found": Text("条", "found"),
    "nothing": Text("（不得出任何事实）", "(gives no fact)"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "date": Text("日期", "date"),
    "string": Text("文字", "text"),
    "boolean": Text("是否", "yes or no"),
}
"""The page's own words, by the names the template has for them."""

FIELDS = {
    "confidence": Text("置信度", "Confidence"),
    "kind": Text("读法", "Reads"),
    "triggers": Text("触发词", "Triggers"),
    "trigger_table": Text("触发词表", "Table of triggers"),
    "not_before": Text("前面不能是", "Not right after"),
    "not_after": Text("后面不能是", "Not right before"),
    "needs": Text("同一分句须有其一", "Its clause must have one of"),
    "company": Text("同一句须有其一", "Its sentence must have one of"),
    "closes": Text("须在分句之末", "Only at the end of its clause"),
    "subject": Text("主语取自", "Subject from"),
    "object": Text("宾语取自", "Object from"),
    "subject_types": Text("主语限于", "Subjects only"),
    "object_types": Text("宾语限于", "Objects only"),
    "capture": Text("未命名者成为", "Makes of the unnamed"),
    "hedged": Text("遇推测语气则不取", "Not where hedged"),
}
"""What the parts of a rule are called; one that is not here goes by its name in the relation file."""
