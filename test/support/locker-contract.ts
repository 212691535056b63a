import { expect, it } from "vitest";
import type { AboutEvidence, Locker } from "../../lib/domain/evidence/evidence.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";

const ABOUT: AboutEvidence = {
  kind: "icon",
  mediaType: "image/png",
  origin: "https://icons.example/a.png",
  at: "2026-11-02T09:00:00.000Z",
};

/** What every locker promises, whatever it keeps its bytes on. */
export function lockerContract(open: () => Promise<Locker>): void {
  it("gives back the bytes it was given, under their hash", async () => {
    const locker = await open();
    const bytes = Buffer.from("an icon");
    const evidence = await locker.put(bytes, ABOUT);
    expect(evidence).toEqual({ ...ABOUT, sha256: sha256Hex(bytes), bytes: 7 });
    expect(Buffer.from((await locker.get(evidence.sha256)) ?? []).toString()).toBe("an icon");
    expect(await locker.about(evidence.sha256)).toEqual(evidence);
  });

  it("keeps the first description of the same bytes", async () => {
    const locker = await open();
    const first = await locker.put(Buffer.from("twice"), ABOUT);
    const second = await locker.put(Buffer.from("twice"), {
      ...ABOUT,
      at: "2027-01-01T00:00:00.000Z",
      kind: "response",
    });
    expect(second).toEqual(first);
  });

  it("takes the same bytes from many at once", async () => {
    const locker = await open();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, minute) =>
        locker.put(Buffer.from("raced"), { ...ABOUT, at: `2026-11-02T09:${String(minute).padStart(2, "0")}:00.000Z` }),
      ),
    );
    const kept = await locker.about(sha256Hex(Buffer.from("raced")));
    expect(new Set(all.map((evidence) => JSON.stringify(evidence)))).toEqual(new Set([JSON.stringify(kept)]));
  });

  it("keeps the empty file and large files", async () => {
    const locker = await open();
    for (const bytes of [new Uint8Array(0), new Uint8Array(5_000_000).fill(7)]) {
      const { sha256 } = await locker.put(bytes, ABOUT);
      expect((await locker.get(sha256))?.length).toBe(bytes.length);
    }
  });

  it("knows nothing of bytes it was never given, nor of names that are no hash", async () => {
    const locker = await open();
    for (const name of ["0".repeat(64), "../../etc/passwd", "", "A".repeat(64)]) {
      expect(await locker.get(name)).toBeUndefined();
      expect(await locker.about(name)).toBeUndefined();
    }
  });
}
