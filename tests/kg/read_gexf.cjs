// Prints what graphology-gexf, the reader of Gephi Lite, finds in each GEXF named: node read_gexf.cjs FILE...
const fs = require("fs");
const { MultiGraph } = require("graphology");
const { parse } = require("graphology-gexf");

const found = process.argv.slice(2).map((file) => {
  const graph = parse(MultiGraph, fs.readFileSync(file, "utf8"), { respectInputGraphType: true });
  return {
    nodes: graph.mapNodes((id, attributes) => ({ id, attributes })),
    edges: graph.mapEdges((id, attributes, source, target) => ({
      id,
      source,
      target,
      undirected: graph.isUndirected(id),
      attributes,
    })),
  };
});
process.stdout.write(JSON.stringify(found));
