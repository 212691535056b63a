import { ok } from "../../kernel/result.ts";
import { drifted, parseJson, readElements, readShape } from "../parse.ts";
import type { Answer, HttpResponse } from "../source.ts";
import type { Checked } from "./package.ts";
import { blockTexts, firstBlock, type PlayPage, readPage } from "./page.ts";
import { at, CARD, DETAILS, ROW, readPaths, writePaths } from "./paths.ts";
import { cardSchema, type Details, detailsSchema, type Row, rowSchema } from "./schema.ts";

/** Procedures whose blocks we read, and the data key under which the package looks for each. */
const SEARCH = { procedures: ["lGYRle"], key: "ds:4" };
const NUMBERED_DEVELOPER = { procedures: ["MRTdke"], key: "ds:3", list: 21 };
const NAMED_DEVELOPER = { procedures: ["IRWBmd"], key: "ds:3", list: 22 };
const APP = { procedures: ["Ws7gDc"], key: "ds:5" };

export interface Rows {
  rows: Row[];
  dropped: number;
  /** The page carries the token of a next page. */
  more: boolean;
}

/** A search page: the card of an exact match first, then the rows of its lists. */
export function checkSearch({ body }: HttpResponse): Answer<Checked<Rows>> {
  const block = blockOf(body, SEARCH.procedures);
  if (!block.ok) return block;
  const sections = at(block.value.data, [0, 1]);
  if (!Array.isArray(sections)) return drifted("the search block holds no sections");

  const lists = sections.map((section) => at(section, [22])).filter((list) => list !== undefined);
  const cards = sections.map((section) => at(section, [23])).filter((card) => card !== undefined);
  const listed = lists.map((list) => at(list, [0]));
  if (!listed.every(Array.isArray)) return drifted("a list section without a list");
  if (listed.flat().length + cards.length === 0) return noHit(block.value.text);

  const more = lists.some((list) => isToken(at(list, [1, 3, 1])));
  const rows = listed.flat().map((row) => readPaths(at(row, [0]), ROW));
  const carded = cards.map((card) => readPaths(card, CARD));
  return checkedRows([...carded, ...rows], more, carded.length, (written) => ({
    key: SEARCH.key,
    id: SEARCH.procedures[0] as string,
    data: [[null, [sectionOf(22, [written.map((row) => [row])])]]],
  }));
}

/**
 * No recording of a search without hits exists. What is known: status 200, the search block is there, and it has sections of
 * which none holds a list. A moved list would look the same, so a block that names any app at all is not believed.
 */
function noHit(blockText: string): Answer<Checked<Rows>> {
  if (blockText.includes("/store/apps/details")) return drifted("the search block names apps, but in no known section");
  const page = writePage(SEARCH.key, SEARCH.procedures[0] as string, [[null, []]]);
  return ok({ body: page, facts: { rows: [], dropped: 0, more: false } });
}

/** A developer's page: ten apps of an account with a numbered page, up to twenty of one with a named page. */
export function checkDeveloper(developerKey: string): (response: HttpResponse) => Answer<Checked<Rows>> {
  // The package tells the two kinds of page apart by the same test.
  const kind = Number.isNaN(Number(developerKey)) ? NAMED_DEVELOPER : NUMBERED_DEVELOPER;
  return ({ body }) => {
    const block = blockOf(body, kind.procedures);
    if (!block.ok) return block;
    const list = at(block.value.data, [0, 1, 0, kind.list]);
    const elements = at(list, [0]);
    if (!Array.isArray(elements) || elements.length === 0) return drifted("the developer's page holds no list");
    const wrapped = kind === NAMED_DEVELOPER;
    const rows = elements.map((element) => readPaths(wrapped ? at(element, [0]) : element, ROW));
    return checkedRows(rows, isToken(at(list, [1, 3, 1])), 0, (written) => ({
      key: kind.key,
      id: kind.procedures[0] as string,
      data: [[null, [sectionOf(kind.list, [wrapped ? written.map((row) => [row]) : written])]]],
    }));
  };
}

function isToken(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** A section holds its content at an index that tells its kind. */
function sectionOf(kind: number, content: unknown): unknown[] {
  return [...Array<null>(kind).fill(null), content];
}

function checkedRows(
  raw: Record<string, unknown>[],
  more: boolean,
  cards: number,
  block: (written: unknown[]) => { key: string; id: string; data: unknown },
): Answer<Checked<Rows>> {
  const cardRead = readCards(raw.slice(0, cards));
  const read = readElements(raw.slice(cards), rowSchema, { what: "rows" });
  if (!read.ok) return read;
  const unique = new Map<string, Row>();
  for (const row of [...cardRead.values, ...read.value.values]) if (!unique.has(row.key)) unique.set(row.key, row);
  const rows = [...unique.values()];
  if (rows.length === 0 && cards > 0) return drifted("the card of the exact match is unreadable");
  const { key, id, data } = block(rows.map((row) => writePaths(row, ROW)));
  const facts = { rows, dropped: cardRead.dropped + read.value.dropped, more };
  return ok({ body: writePage(key, id, data), facts });
}

function readCards(cards: Record<string, unknown>[]): { values: Row[]; dropped: number } {
  const read = cards.map((card) => cardSchema.safeParse(card));
  const values = read.flatMap((card) => (card.success ? [card.data] : []));
  return { values, dropped: cards.length - values.length };
}

/** The details page of one app. */
export function checkApp(key: string): (response: HttpResponse) => Answer<Checked<Details>> {
  return ({ body }) => {
    const page = readPage(body);
    if (!page.ok) return page;
    const record = detailsRecord(page.value);
    if (!record.ok) return record;
    const details = readShape(record.value, detailsSchema, "the app's details");
    if (!details.ok) return details;
    if (details.value.key !== key) return drifted("the page is about another app");
    const { developerLink: _, ...kept } = details.value;
    const link = (record.value as { developerLink: string }).developerLink;
    const written = writePaths({ ...kept, developerLink: link }, DETAILS);
    return ok({
      body: writePage(APP.key, APP.procedures[0] as string, [null, [null, null, written]]),
      facts: details.value,
    });
  };
}

/** One procedure fills two blocks of this page; the one we want has the app's name in its place. */
function detailsRecord(page: PlayPage): Answer<Record<string, unknown>> {
  const texts = blockTexts(page, APP.procedures);
  if (!texts.ok) return texts;
  for (const text of texts.value) {
    const data = parseJson(text, "the app's block");
    if (!data.ok) return data;
    const details = at(data.value, [1, 2]);
    if (at(details, DETAILS.key.at) !== undefined) return ok(readPaths(details, DETAILS));
  }
  return drifted("no block names the app's package");
}

function blockOf(body: Uint8Array, procedures: readonly string[]): Answer<{ text: string; data: unknown }> {
  const page = readPage(body);
  return page.ok ? firstBlock(page.value, procedures) : page;
}

/**
 * A page as the package expects it, holding one block and a request map that say nothing but what was checked. Its `<` and
 * `>` are escaped, so that no text of a listing can look like the end of the block or like another one.
 */
function writePage(key: string, procedure: string, data: unknown): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
  return (
    `<script>; var AF_dataServiceRequests = {'${key}' : {id:'${procedure}',request:[]}}; var AF_initDataChunkQueue</script>` +
    `<script>AF_initDataCallback({key: '${key}', hash: '1', data:${json}, sideChannel: {}});</script>`
  );
}

/** The package takes this many characters off the front of a batch answer. */
const GUARD = ")]}'\n";

/** A batch answer with suggestions: `)]}'`, then `[["wrb.fr","IJ4APc","<JSON>",…],…]`. */
export function checkSuggestions({ body }: HttpResponse): Answer<Checked<number>> {
  const text = new TextDecoder().decode(body);
  if (!text.startsWith(GUARD)) return drifted("the batch answer lacks its guard");
  const frames = parseJson(text.slice(GUARD.length), "the batch answer");
  if (!frames.ok) return frames;
  const inner = at(frames.value, [0, 2]);
  if (at(frames.value, [0, 1]) !== "IJ4APc") return drifted("the batch answer is to another question");
  // null is how the store says that nothing begins like this.
  const data = typeof inner === "string" ? parseJson(inner, "the suggestions") : ok(null);
  if (!data.ok) return data;
  if (data.value === null) return ok({ body: `${GUARD}[[null,null,"null"]]`, facts: 0 });
  const terms = at(data.value, [0, 0]);
  if (!Array.isArray(terms)) return drifted("the suggestions are not a list");
  const words = terms.map((term) => at(term, [0])).filter((word) => typeof word === "string");
  if (words.length < terms.length) return drifted("a suggestion without words");
  return ok({
    body: GUARD + JSON.stringify([[null, null, JSON.stringify([[words.map((word) => [word])]])]]),
    facts: words.length,
  });
}
