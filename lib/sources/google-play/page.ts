import { ok } from "../../kernel/result.ts";
import { bodyText, drifted, parseJson } from "../parse.ts";
import type { Answer } from "../source.ts";
import { readRequestMap } from "./literal.ts";

/** The data blocks of one Google Play page, still as JSON text, by data key; and which procedure filled each. */
export interface PlayPage {
  blocks: Map<string, string>;
  procedures: Map<string, string>;
}

/** `AF_initDataCallback({key: 'ds:4', hash: '7', data:<JSON>, sideChannel: {}});` is all that such a script holds. */
const BLOCK_HEAD = /^AF_initDataCallback\(\{key: '(ds:\d{1,3})', hash: '[^']{0,20}', data:/;
const BLOCK_TAIL = ", sideChannel: {}});";
const MAP_HEAD = "var AF_dataServiceRequests = ";

/**
 * Finds the data blocks and the request map of a page. A page without them is `drifted`, never "no apps": a captcha or
 * consent page with status 200 looks just like that.
 */
export function readPage(body: Uint8Array): Answer<PlayPage> {
  const blocks = new Map<string, string>();
  let procedures: Map<string, string> | undefined;
  for (const script of scriptTexts(bodyText(body))) {
    const head = BLOCK_HEAD.exec(script);
    if (head !== null && script.trimEnd().endsWith(BLOCK_TAIL)) {
      blocks.set(head[1] as string, script.trimEnd().slice(head[0].length, -BLOCK_TAIL.length));
      continue;
    }
    const map = procedures === undefined ? script.indexOf(MAP_HEAD) : -1;
    if (map < 0) continue;
    const read = readRequestMap(script.slice(map + MAP_HEAD.length));
    if (!read.ok) return drifted(`AF_dataServiceRequests: ${read.error}`);
    procedures = read.value;
  }
  if (blocks.size === 0) return drifted("the page holds no AF_initDataCallback block");
  if (procedures === undefined) return drifted("the page holds no AF_dataServiceRequests");
  return ok({ blocks, procedures });
}

/**
 * Text of every script element. Google writes `<` as an entity in text and as \u003c in data, so neither a listing nor a
 * search term can open or close a script.
 */
function* scriptTexts(html: string): Iterable<string> {
  let at = 0;
  for (;;) {
    const open = html.indexOf("<script", at);
    const start = open < 0 ? -1 : html.indexOf(">", open);
    const end = start < 0 ? -1 : html.indexOf("</script", start);
    if (end < 0) return;
    yield html.slice(start + 1, end);
    at = end;
  }
}

/** JSON texts of the blocks that a procedure filled, in page order. None is `drifted`. */
export function blockTexts(page: PlayPage, procedures: readonly string[]): Answer<string[]> {
  const keys = [...page.procedures].filter(([, id]) => procedures.includes(id)).map(([key]) => key);
  const texts = keys.flatMap((key) => page.blocks.get(key) ?? []);
  return texts.length > 0 ? ok(texts) : drifted(`the page holds no block of ${procedures.join(" or ")}`);
}

/** The first of the blocks, read. */
export function firstBlock(page: PlayPage, procedures: readonly string[]): Answer<{ text: string; data: unknown }> {
  const texts = blockTexts(page, procedures);
  if (!texts.ok) return texts;
  const text = texts.value[0] as string;
  const data = parseJson(text, `block ${procedures[0]}`);
  return data.ok ? ok({ text, data: data.value }) : data;
}
