import { err, ok, type Result } from "../../kernel/result.ts";

/** Longest request map read: the largest seen (2026, search) has 20,000 characters. */
const MAX_CHARS = 400_000;

/** Names that the map uses as unquoted keys. Any other name, a call for one, makes it a program and no literal. */
const TOKEN =
  /\s*(?:([[\]{}:,])|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"|'([\w:.-]{0,40})'|(?:id|ext|request)(?=\s*:)|(?:null|true|false)(?![\w$])|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$]))/y;

/**
 * Reads Google's request map, `{'ds:4' : {id:'lGYRle',ext: 2.1E8 ,request:[…]}, …}`, at the start of `text`: from data key
 * to the id of the remote procedure that filled it. The ids are stable, the numbers of the keys move. The package we use
 * evaluates such a map as a program, so whatever is not a plain literal is refused here.
 */
export function readRequestMap(text: string): Result<Map<string, string>, string> {
  const ids = new Map<string, string>();
  const open: string[] = [];
  let key = "";
  let nameOfValue = "";
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < Math.min(text.length, MAX_CHARS)) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (token === null) return err(`not a plain literal at character ${start}`);
    const [raw, mark, quoted] = token;
    if (mark === "{" || mark === "[") open.push(mark);
    if (mark === "}" && open.pop() !== "{") return err("unbalanced braces");
    if (mark === "]" && open.pop() !== "[") return err("unbalanced brackets");
    if (open.length === 0) return start === 0 && raw !== "{" ? err("not an object") : ok(ids);
    if (open.length === 1 && quoted !== undefined) key = quoted;
    if (open.length === 2 && mark === undefined && quoted === undefined) nameOfValue = raw.trim();
    if (open.length === 2 && quoted !== undefined && nameOfValue === "id") ids.set(key, quoted);
  }
  return err("no end");
}
