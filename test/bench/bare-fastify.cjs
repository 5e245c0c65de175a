// F, what every figure of the bench is held against: a bare Fastify with one route that answers kept bytes.
// Started as `node bare-fastify.cjs <port> <method> <path> <status> [file with the bytes]`.
'use strict';
const { readFileSync } = require('node:fs');
const { fastify } = require('fastify');

const [port, method, url, status, file] = process.argv.slice(2);
const bytes = readFileSync(file);
const code = Number(status);
const app = fastify();

// Fastify reads and parses the JSON of a request that has some, as it does by itself.
app.route({
  method,
  url,
  handler: (_request, reply) => reply.code(code).header('content-type', 'application/json').send(bytes),
});
app.listen({ port: Number(port), host: '127.0.0.1' });
