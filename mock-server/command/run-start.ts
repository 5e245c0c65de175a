/** `bcmock start`: listens, prints the first screen, and stops cleanly on a signal. */
import type { AddressInfo } from 'node:net';
import { isLoopback, newControlToken } from '../control/access.js';
import type { Settings } from '../options.js';
import { assemble } from '../server.js';
import { readyScreen } from './first-screen.js';
import { openLog } from './request-log.js';

/** Runs until SIGINT or SIGTERM; gives the exit code. @throws the system's error when it cannot listen */
export async function runStart(given: Settings): Promise<number> {
  const settings =
    isLoopback(given.host) || given.controlToken !== undefined ? given : { ...given, controlToken: newControlToken() };
  const log = openLog(settings.log);
  const { app, state } = assemble(settings);
  state.log = log;
  await app.listen({ port: settings.port, host: settings.host });
  const { port } = app.server.address() as AddressInfo;
  log.write(readyScreen(state.settings, state, port));
  await stopSignal();
  await app.close();
  log.close();
  return 0;
}

/** A second signal while closing ends the process the hard way, as Node does by itself. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
