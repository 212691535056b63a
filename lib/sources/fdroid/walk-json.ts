import { Tokenizer, TokenType } from "@streamparser/json";
import { err, ok } from "../../kernel/result.ts";
import { drifted } from "../parse.ts";
import type { Answer } from "../source.ts";

export type JsonPath = readonly (string | number)[];
export type JsonLeaf = string | number | boolean | null;

/** Told of a document piece by piece. The path is one array that changes under the hands: read it, do not keep it. */
export interface Visitor {
  leaf(path: JsonPath, value: JsonLeaf): void;
  /** An object or a list begins. */
  open(path: JsonPath): void;
  /** An object or a list that began at this path has ended. */
  close(path: JsonPath): void;
}

const PIECE = 256 * 1024;
const DEEPEST = 32;

/**
 * Walks through a JSON document of any size without ever building it: besides the bytes it holds one text at a time.
 * Lets other work run between pieces and ends when the signal says so.
 */
export async function walkJson(
  bytes: Uint8Array,
  visitor: Visitor,
  signal: AbortSignal,
  what: string,
): Promise<Answer<undefined>> {
  const walk = createWalk(visitor);
  const tokenizer = new Tokenizer({ stringBufferSize: 64 * 1024 });
  tokenizer.onToken = ({ token, value }) => walk.take(token, value as JsonLeaf);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (signal.aborted) return err({ kind: "unreachable", detail: `${what} was not read: interrupted` });
      tokenizer.write(bytes.subarray(at, at + PIECE));
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (!tokenizer.isEnded) tokenizer.end();
  } catch {
    return drifted(`${what} is not JSON`);
  }
  return walk.complete() ? ok(undefined) : drifted(`${what} is cut off`);
}

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

/** The grammar over the tokens: the tokenizer knows how texts and numbers are written, not where they may stand. */
function createWalk(visitor: Visitor) {
  const path: (string | number)[] = [];
  /** For each open container whether it is a list. Its place in `path` is the step that leads into it. */
  const open: boolean[] = [];
  let expected: Expected = "value";

  function take(token: TokenType, value: JsonLeaf): void {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) begin(token === TokenType.LEFT_BRACKET);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET)
      end(token === TokenType.RIGHT_BRACKET);
    else if (token === TokenType.COLON) colon();
    else if (token === TokenType.COMMA) comma();
    else if (token === TokenType.STRING && expected.startsWith("key")) key(value as string);
    else leaf(value);
  }

  function colon(): void {
    must("colon");
    expected = "value";
  }

  function comma(): void {
    must("comma or end");
    const list = open.at(-1) === true;
    if (list) path.push((path.pop() as number) + 1);
    expected = list ? "value" : "key";
  }

  function key(name: string): void {
    path[path.length - 1] = name;
    expected = "colon";
  }

  function leaf(value: JsonLeaf): void {
    must("value", "value or end");
    visitor.leaf(path, value);
    after();
  }

  function begin(list: boolean): void {
    must("value", "value or end");
    if (open.length >= DEEPEST) throw new Error("too deep");
    visitor.open(path);
    open.push(list);
    path.push(list ? 0 : "");
    expected = list ? "value or end" : "key or end";
  }

  function end(list: boolean): void {
    must("comma or end", list ? "value or end" : "key or end");
    if (open.pop() !== list) throw new Error("the wrong end");
    path.pop();
    visitor.close(path);
    after();
  }

  function after(): void {
    expected = open.length === 0 ? "nothing" : "comma or end";
  }

  function must(...allowed: Expected[]): void {
    if (!allowed.includes(expected)) throw new Error("out of place");
  }

  return { take, complete: () => expected === "nothing" };
}
