// A receiver of webhooks, built on the published npm package `standardwebhooks` and nothing of ours.
//   STANDARDWEBHOOKS=folder/with/node_modules SECRET=whsec_... PORT=0 node receiver.mjs
// It answers 204 to what verifies, 400 to what does not, 409 to what came before, and GET with what it has counted.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const packages = createRequire(join(resolve(process.env.STANDARDWEBHOOKS), "receiver.cjs"));
const { Webhook } = packages("standardwebhooks");

const webhook = new Webhook(process.env.SECRET);
const seen = new Set();
const counts = { verified: 0, refused: 0, repeated: 0 };

function judge(body, headers) {
  try {
    webhook.verify(body, headers);
  } catch (error) {
    counts.refused += 1;
    return [400, error.message];
  }
  if (seen.has(headers["webhook-id"])) {
    counts.repeated += 1;
    return [409, "This came before."];
  }
  seen.add(headers["webhook-id"]);
  counts.verified += 1;
  return [204, ""];
}

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(counts));
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const [status, words] = judge(Buffer.concat(parts).toString("utf8"), request.headers);
    response.writeHead(status).end(words);
  });
});

server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => console.log(server.address().port));
