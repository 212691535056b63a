import { isMap, isSeq, parseDocument } from "yaml";

/** Adds entries to the lists of one brand, keeping comments and the order of what is there. Throws on unsound YAML. */
export function addToBrand(text: string, brandId: string, additions: Record<string, unknown[]>): string {
  const document = parseDocument(text);
  const brands = document.get("brands");
  if (!isSeq(brands)) throw new Error("the configuration has no list of brands");
  const brand = brands.items.find((item) => isMap(item) && item.get("id") === brandId);
  if (!isMap(brand)) throw new Error(`the configuration has no brand ${brandId}`);
  for (const [list, entries] of Object.entries(additions)) {
    if (entries.length === 0) continue;
    const there = brand.get(list);
    if (isSeq(there)) for (const entry of entries) there.add(document.createNode(entry));
    else brand.set(list, document.createNode(entries));
  }
  return document.toString({ lineWidth: 0 });
}
