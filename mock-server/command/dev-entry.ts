/** The command from its sources, for `npm run dev`. */
import { run } from '../cli.js';

process.exitCode = await run(process.argv.slice(2));
