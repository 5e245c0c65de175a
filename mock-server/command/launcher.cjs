#!/usr/bin/env node
// Starts the command from one bundled file with a V8 code cache, so that little is compiled at start.
// The cache fits one Node version; with any other, or when it is missing, the bundle is compiled as usual.
'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const file = path.join(__dirname, 'bundle.cjs');
const source = readFileSync(file, 'latin1');
let cachedData;
try {
  cachedData = readFileSync(path.join(__dirname, 'bundle.cache'));
} catch {
  // Built without a cache.
}
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
  filename: file,
  cachedData,
});
const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, require, bundle, file, __dirname);

if (process.env.BCMOCK_WRITE_CODE_CACHE) {
  bundle.exports
    .warmUp()
    .then(() => require('node:fs').writeFileSync(process.env.BCMOCK_WRITE_CODE_CACHE, script.createCachedData()));
} else {
  // A script that comes from a code cache cannot import; this file can.
  bundle.exports
    .run(process.argv.slice(2), (specifier) => import(specifier))
    .then((code) => {
      process.exitCode = code;
    });
}
