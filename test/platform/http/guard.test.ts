import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllowList } from "../../../lib/platform/http/allow-list.ts";
import { createGuard } from "../../../lib/platform/http/guard.ts";

function guard(allow: string[] = [], addresses: string[] = ["93.184.215.14"]) {
  const list = parseAllowList(allow);
  if (!list.ok) throw new Error(list.error.join());
  return createGuard(list.value, async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
  );
}

describe("the guard", () => {
  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://10.0.0.8/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://168.63.129.16/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://user:secret@example.com/",
    "http://example.com:22/",
    "ftp://example.com/",
    "file:///etc/passwd",
  ])("refuses %s", (url) => {
    expect(guard().checkUrl(new URL(url))).toEqual(expect.any(String));
  });

  it.each(["https://example.com/", "http://93.184.215.14/", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/a?b"])(
    "lets %s pass",
    (url) => {
      expect(guard().checkUrl(new URL(url))).toBeUndefined();
    },
  );

  it.each([[["127.0.0.1"]], [["93.184.215.14", "10.0.0.1"]], [["::ffff:169.254.169.254"]], [["fd12::1"]]])(
    "refuses a name that leads to %j",
    async (addresses) => {
      expect(await guard([], addresses).addresses("store.example", 443)).toMatchObject({ ok: false });
    },
  );

  it("lets what the operator named pass, and only that port of it", () => {
    const allowing = guard(["127.0.0.1:8080", "10.1.0.0/16"]);
    expect(allowing.checkUrl(new URL("http://127.0.0.1:8080/"))).toBeUndefined();
    expect(allowing.checkUrl(new URL("http://127.0.0.1:8081/"))).toBeDefined();
    expect(allowing.checkUrl(new URL("http://10.1.2.3/"))).toBeUndefined();
    expect(allowing.checkUrl(new URL("http://10.2.2.3/"))).toBeDefined();
  });

  it("never lets a private IPv4 address pass, however it is written", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const inPrivate = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    );
    fc.assert(
      fc.property(inPrivate, ([a, b, c, d]) => {
        const whole = ((a * 256 + b) * 256 + c) * 256 + d;
        for (const host of [
          `${a}.${b}.${c}.${d}`,
          String(whole),
          `0x${whole.toString(16)}`,
          `[::ffff:${a}.${b}.${c}.${d}]`,
        ]) {
          expect(guard().checkUrl(new URL(`http://${host}/`))).toBeDefined();
        }
      }),
    );
  });
});
