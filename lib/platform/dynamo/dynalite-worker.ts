/**
 * Entry of the worker thread that serves the embedded store. It is a file of its own because a worker is started from a
 * file, in the sources as in the bundle.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import { namesKey, proofOf } from "./door.ts";

const { path, key } = workerData as { path: string; key: string };
const MOST_BYTES = 16 * 1024 * 1024;

const server = dynalite({ path, createTableMs: 0 });
const serve = server.listeners("request")[0] as RequestListener;
server.removeAllListeners("request");
server.on("request", admit);
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the ledger's port has no number");
  parentPort?.postMessage(address.port);
});
parentPort?.once("message", () => close(server));

function admit(request: IncomingMessage, response: ServerResponse): void {
  const nonce = /^\/proof\/([0-9a-f]{32})$/.exec(request.url ?? "")?.[1];
  if (request.method === "GET" && nonce !== undefined) {
    response.end(proofOf(key, nonce));
  } else if (namesKey(request.headers.authorization, key)) {
    void replay(request, response);
  } else {
    response.writeHead(403, { "content-type": "application/x-amz-json-1.0", connection: "close" });
    response.end(JSON.stringify({ __type: "UnrecognizedClientException", message: "This ledger has another key." }));
  }
}

/** The server throws, and the thread dies, when a client dies in the middle of its request: so it gets whole requests only. */
async function replay(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request) {
      size += part.length;
      if (size > MOST_BYTES) return void request.destroy();
      parts.push(part);
    }
  } catch {
    return;
  }
  const { method, headers, url } = request;
  const whole = Object.assign(Readable.from(parts, { objectMode: false }), { method, headers, url });
  serve(whole as unknown as IncomingMessage, response);
}

/** Answers what was asked, then closes the files; a connection that stays open without asking does not hold it up. */
function close(open: Server): void {
  const sweeper = setInterval(() => open.closeIdleConnections(), 20);
  open.close((error) => {
    clearInterval(sweeper);
    if (error) throw error;
    parentPort?.close();
  });
}
