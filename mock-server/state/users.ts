/** Control-panel users of one store: its owner, and those whom the owner or another user let in, with their permissions. */
import type { Permission } from '../accounts/permissions.js';

export interface User {
  readonly id: number;
  /** Unique in the store, letter case aside. */
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  /** May do everything. Every store has one owner, and keeps it. */
  readonly is_owner: boolean;
  /** Nobody is kept out without: answers warn. */
  readonly two_factor_enabled: boolean;
  /** What the user may do; of the owner none need be named. */
  readonly permissions: readonly Permission[];
  /** ISO 8601, on the store's clock. */
  readonly created_at: string;
  /** E-mail address of the user who let this one in. */
  readonly created_by: string;
}

/** Everything that `load` needs, as JSON can hold it. */
export interface UsersDump {
  readonly last_id: number;
  readonly users: readonly User[];
}

export class Users {
  readonly #byId = new Map<number, User>();
  readonly #start: User;
  #lastId = 1;
  #changes = 0;

  constructor(store_hash: string) {
    const email = `owner@${store_hash}.example.com`;
    this.#start = {
      id: 1,
      email,
      first_name: 'Store',
      last_name: 'Owner',
      is_owner: true,
      two_factor_enabled: true,
      permissions: [],
      created_at: '2020-01-01T00:00:00.000Z',
      created_by: email,
    };
    this.#byId.set(this.#start.id, this.#start);
  }

  /** Grows with every change. */
  get changes(): number {
    return this.#changes;
  }

  get owner(): User {
    for (const user of this.#byId.values()) if (user.is_owner) return user;
    return this.#start;
  }

  /** By ascending id. */
  all(): User[] {
    return [...this.#byId.values()];
  }

  byId(id: number): User | undefined {
    return this.#byId.get(id);
  }

  byEmail(email: string): User | undefined {
    const wanted = email.toLowerCase();
    return this.all().find((user) => user.email.toLowerCase() === wanted);
  }

  add(given: Omit<User, 'id' | 'is_owner'>): User {
    this.#lastId += 1;
    const user = { id: this.#lastId, is_owner: false, ...given };
    this.#byId.set(user.id, user);
    this.#changes += 1;
    return user;
  }

  replace(user: User): void {
    if (!this.#byId.has(user.id)) throw new Error(`there is no user ${String(user.id)}`);
    this.#byId.set(user.id, user);
    this.#changes += 1;
  }

  remove(id: number): void {
    if (this.#byId.delete(id)) this.#changes += 1;
  }

  reset(): void {
    this.load({ last_id: 1, users: [this.#start] });
  }

  dump(): UsersDump {
    return { last_id: this.#lastId, users: this.all() };
  }

  load({ last_id, users }: UsersDump): void {
    this.#byId.clear();
    for (const user of users) this.#byId.set(user.id, user);
    this.#lastId = last_id;
    this.#changes += 1;
  }
}
