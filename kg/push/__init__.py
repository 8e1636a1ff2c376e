"""Loading a store into a server: in pieces, each of which is there whole or is sent again.

`pieces` cuts a graph, `record` keeps beside the store what a server has got, `targets` are the two ways to
write to one, SPARQL Update and the Graph Store Protocol, and `pushing` brings them together.
"""
