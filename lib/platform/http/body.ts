import type { Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { tooLarge, unknownEncoding } from "./network-error.ts";

// Node 20 has no zstd, Node 24 has.
const zstd = (zlib as { createZstdDecompress?: () => Duplex }).createZstdDecompress;

const DECODERS: Record<string, (() => Duplex) | undefined> = {
  gzip: () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
  deflate: () => zlib.createInflate(),
  zstd,
};

/** What we ask for. Not deflate: servers disagree on what it means. */
export const ACCEPT_ENCODING = zstd === undefined ? "gzip, br" : "gzip, br, zstd";

/** Encodings on top of each other; a longer chain is an attack, since each may multiply by a thousand. */
const MOST_ENCODINGS = 2;

/**
 * Reads a body to its end, decompressed, never holding more than `maxBytes` of it: a bomb is cut while it unfolds.
 * Ends the stream and throws what `explain` can put in words.
 */
export async function readBody(body: Readable, contentEncoding: string, maxBytes: number): Promise<Uint8Array> {
  const result: { bytes?: Uint8Array; failure?: unknown } = {};
  const sink = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    try {
      result.bytes = await collect(source, maxBytes);
    } catch (error) {
      result.failure = error;
      throw error;
    }
  };
  try {
    await pipeline([body, ...decodersFor(contentEncoding), sink as unknown as NodeJS.WritableStream]);
  } catch (error) {
    // The pipeline answers with whichever end was torn down first; what we ended it for says more.
    throw isOurs(result.failure) ? result.failure : error;
  }
  return result.bytes ?? new Uint8Array(0);
}

function isOurs(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith("KNOCKOFF_");
}

function decodersFor(contentEncoding: string): Duplex[] {
  const names = contentEncoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > MOST_ENCODINGS) throw unknownEncoding(names.slice(0, 5).join("+"));
  return names.reverse().map((name) => {
    const make = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
    if (make === undefined) throw unknownEncoding(name.slice(0, 40));
    return make();
  });
}

async function collect(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
