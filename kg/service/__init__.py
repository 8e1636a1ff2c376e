"""The service: the SPARQL endpoint and the pages over one store, for this computer or a network."""
