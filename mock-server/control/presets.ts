/** `GET /_mock/presets`, `/_mock/scopes` and `/_mock/permissions`: what accounts and users can be given. */
import type { FastifyInstance } from 'fastify';
import { permissionTable, type PermissionRule } from '../accounts/permissions.js';
import { presets } from '../accounts/presets.js';
import { scopeResources, scopesOf } from '../accounts/scope-table.js';

export function presetCalls(api: FastifyInstance, _options: object, done: () => void): void {
  api.get('/presets', () =>
    list(
      Object.entries(presets).map(([name, { title, description, levels }]) => {
        return { name, title, description, levels, scopes: [...scopesOf(levels)].sort() };
      }),
    ),
  );
  api.get('/scopes', () =>
    list(
      scopeResources.map(([name, { label, levels, initial = 'none', isForApps = false }]) => {
        return { name, label, levels, initial, for_apps_only: isForApps };
      }),
    ),
  );
  api.get('/permissions', () =>
    list(
      Object.entries<PermissionRule>(permissionTable).map(([name, { label, isHighRisk = false }]) => {
        return { name, label, is_high_risk: isHighRisk };
      }),
    ),
  );
  done();
}

function list(data: readonly object[]): object {
  return { data, meta: { total: data.length } };
}
