import { inflateRawSync } from "node:zlib";
import { err, ok, type Result } from "../../kernel/result.ts";
import { printable } from "../../kernel/text.ts";

export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  /** Bytes after unpacking, as the directory states. */
  size: number;
  /** Where its local header begins. */
  start: number;
}

const [DIRECTORY_END, DIRECTORY_ENTRY, LOCAL_HEADER] = [0x06054b50, 0x02014b50, 0x04034b50];
const DIRECTORY_END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const [STORED, DEFLATED] = [0, 8];

/**
 * The central directory of a ZIP file in memory. Refused is what readers disagree on: names that occur twice, several disks,
 * encryption, ZIP64, bytes after the end. (fflate, which is used elsewhere, takes the last of two names and can be sent round
 * a ZIP64 loop for ever, so an attacker's file is read here.)
 */
export function readZip(bytes: Uint8Array, maxEntries: number): Result<Map<string, ZipEntry>, string> {
  const view = viewOf(bytes);
  const end = directoryEnd(view);
  if (end === undefined) return err("the file is no ZIP archive, or is cut off");
  const count = view.getUint16(end + 10, true);
  const from = view.getUint32(end + 16, true);
  const oneDisk = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!oneDisk || count === 0xffff || from === 0xffffffff) return err("the archive has several disks or is ZIP64");
  if (count > maxEntries) return err(`the archive has ${count} entries, more than ${maxEntries}`);

  const entries = new Map<string, ZipEntry>();
  let at = from;
  for (let i = 0; i < count; i += 1) {
    const read = directoryEntry(bytes, view, at, end);
    if (!read.ok) return read;
    const { entry, next } = read.value;
    if (entries.has(entry.name)) return err(`the archive has two entries of the name ${printable(entry.name, 80)}`);
    entries.set(entry.name, entry);
    at = next;
  }
  return ok(entries);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function directoryEnd(view: DataView): number | undefined {
  const last = view.byteLength - DIRECTORY_END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    const found = view.getUint32(at, true) === DIRECTORY_END && view.getUint16(at + 20, true) === last - at;
    if (found) return at;
  }
  return undefined;
}

function directoryEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
): Result<{ entry: ZipEntry; next: number }, string> {
  const broken = err("the archive's directory is broken");
  if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return broken;
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) return broken;
  const name = utf8(bytes.subarray(at + 46, nameEnd));
  if (name === undefined || name === "" || name.includes("\0")) return err("the archive has a name that is not text");
  if ((view.getUint16(at + 8, true) & 1) === 1) return err(`${printable(name, 80)} is encrypted`);
  const entry = {
    name,
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    start: view.getUint32(at + 42, true),
  };
  return ok({ entry, next });
}

/** The unpacked bytes of an entry: exactly as many as the directory states, or the reason why not. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Result<Uint8Array, string> {
  const name = printable(entry.name, 80);
  const view = viewOf(bytes);
  if (entry.start + 30 > bytes.length || view.getUint32(entry.start, true) !== LOCAL_HEADER) {
    return err(`${name} is not where the archive's directory says`);
  }
  const nameEnd = entry.start + 30 + view.getUint16(entry.start + 26, true);
  if (utf8(bytes.subarray(entry.start + 30, nameEnd)) !== entry.name) return err(`${name} has two names`);
  const from = nameEnd + view.getUint16(entry.start + 28, true);
  const packed = bytes.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) return err(`${name} is cut off`);
  const unpacked = inflated(packed, entry);
  if (unpacked?.length !== entry.size)
    return err(`${name} cannot be unpacked to the ${entry.size} bytes it should have`);
  return ok(unpacked);
}

function inflated(packed: Uint8Array, { method, size }: ZipEntry): Uint8Array | undefined {
  if (method === STORED) return packed;
  if (method !== DEFLATED) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
