import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";

/** An App Store whose answers were written by an attacker: one trap for each search term. */
export interface HostileStore {
  url: string;
  /** Requests that reached this server through an address that no guard should have let pass. */
  trespasses(): string[];
  stop(): Promise<void>;
}

const NAME = "Northwind Harbor Bank";

export async function startHostileStore(): Promise<HostileStore> {
  const trespasses: string[] = [];
  const huge = await hugePng();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const host = request.headers.host ?? "";
    if (!host.startsWith("127.0.0.1")) trespasses.push(`${host}${url.pathname}`);
    if (url.pathname.startsWith("/icons/")) {
      response.end(iconFor(url.pathname.slice("/icons/".length), huge));
      return;
    }
    const term = url.searchParams.get("term") ?? "";
    if (term === "redirect") {
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(answerTo(term, own));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trespasses: () => trespasses,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answerTo(term: string, own: string): string {
  const port = new URL(own).port;
  switch (term) {
    case "huge description":
      return page([app(1, { description: "x".repeat(10_000_000) })]);
    case "million items":
      return `{"resultCount":1000000,"results":[${"{},".repeat(999_999)}{}]}`;
    case "nested":
      return `{"resultCount":1,"results":[${"[".repeat(100_000)}${"]".repeat(100_000)}]}`;
    case "letters":
      return page([
        app(2, { trackName: `\u001b[31m${NAME}\u0007\u202egnp.exe\u2066`, artistName: "\u0000\u009b31m\u200fEvil" }),
        app(3, { trackName: `${"\u0301".repeat(5_000)}${NAME}` }),
      ]);
    case "icons":
      return page(
        [
          `${own}/icons/huge.png`,
          `${own}/icons/truncated.png`,
          `${own}/icons/external.svg`,
          `${own}/icons/text.gif`,
          `http://localhost:${port}/icons/localhost.png`,
          `http://[::ffff:127.0.0.1]:${port}/icons/mapped.png`,
          `http://2130706433:${port}/icons/decimal.png`,
          "http://169.254.169.254/icon.png",
          "file:///etc/passwd",
        ].map((artworkUrl512, place) => app(10 + place, { artworkUrl512 })),
      );
    case "canary":
      return page([app(99, { trackName: "Canary" })]);
    default:
      return page([]);
  }
}

function page(results: object[]): string {
  return JSON.stringify({ resultCount: results.length, results });
}

function app(id: number, more: object): object {
  return {
    wrapperType: "software",
    kind: "software",
    trackId: id,
    trackName: `${NAME} ${id}`,
    bundleId: `com.example.app${id}`,
    artistId: 7,
    artistName: "Somebody",
    artworkUrl512: "https://icons.example/none.png",
    trackViewUrl: `https://apps.apple.com/us/app/id${id}`,
    description: "",
    version: "1",
    releaseDate: "2026-01-01T00:00:00Z",
    currentVersionReleaseDate: "2026-01-01T00:00:00Z",
    ...more,
  };
}

function iconFor(name: string, huge: Uint8Array): Uint8Array {
  if (name === "huge.png") return huge;
  if (name === "truncated.png") return huge.subarray(0, 60);
  if (name === "external.svg") {
    return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://169.254.169.254/x"/></svg>');
  }
  return Buffer.from("GIF89a nonsense");
}

let drawn: Promise<Buffer> | undefined;

/** 20,000 x 20,000 pixels in a few kilobytes; drawn once, since that takes seconds. */
export function hugePng(): Promise<Buffer> {
  const white = { width: 20_000, height: 20_000, channels: 3 as const, background: "#fff" };
  drawn ??= sharp({ create: white, limitInputPixels: false })
    .png({ compressionLevel: 1, palette: true, colours: 2 })
    .toBuffer();
  return drawn;
}
