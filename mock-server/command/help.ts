/** `bcmock --help`, written from the option table. */
import { optionTable } from '../options.js';
import { packageVersion } from '../package-version.js';

export function helpText(): string {
  const rows = [
    ...optionTable.map(({ flag, value, meaning, default: preset, variable }) => [
      `--${flag} <${value}>`,
      `${meaning}${preset === undefined ? '' : ` (default ${String(preset)})`} [${variable}]`,
    ]),
    [
      '--config <file>',
      'options as bcmock.config.{ts,js,json} gives them (default: that file in this folder, if any) [BCMOCK_CONFIG]',
    ],
    ['--version', 'prints the version'],
    ['--help', 'prints this'],
  ];
  const width = Math.max(...rows.map(([flag = '']) => flag.length));
  const lines = rows.map(([flag = '', meaning = '']) => `  ${flag.padEnd(width)}  ${meaning}`);
  return `bcmock ${packageVersion}: the BigCommerce REST API on localhost

Usage: bcmock start [flags]
       bcmock account create|list|delete [flags]   API accounts of a mock that runs (bcmock account --help)
       bcmock snapshot save|load|list|diff [flags] states of a store as files (bcmock snapshot --help)

${lines.join('\n')}

A flag beats its variable, a variable the config file, the file the default.
`;
}
