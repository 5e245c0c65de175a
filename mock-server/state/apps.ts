/**
 * Apps as their developers registered them: who may ask merchants for access, and where they are called. They belong to
 * no store and outlive resets; what an app may do in a store is the business of its API account there.
 */

export interface App {
  /** Also that of its API account in every store where it is installed. */
  readonly client_id: string;
  /** The one for all stores. Kept as it is: callbacks are signed with it. */
  readonly client_secret: string;
  readonly name: string;
  /** Where the browser of a merchant who consented is sent. */
  readonly auth_callback: string;
  /** What is shown when a user opens the app. */
  readonly load_callback: string;
  /** Told that the app was uninstalled, or null. */
  readonly uninstall_callback: string | null;
  /** Told that a user may not use the app any more, or null. */
  readonly remove_user_callback: string | null;
  /** What every merchant has to accept as a whole; `default` goes without saying. */
  readonly scopes: readonly string[];
  /** ISO 8601. */
  readonly created_at: string;
}

export class Apps {
  readonly #byClientId = new Map<string, App>();
  #changes = 0;

  /** Grows with every change. */
  get changes(): number {
    return this.#changes;
  }

  get size(): number {
    return this.#byClientId.size;
  }

  /** In the order of their registration. */
  all(): App[] {
    return [...this.#byClientId.values()];
  }

  byClientId(client_id: string): App | undefined {
    return this.#byClientId.get(client_id);
  }

  readonly secretOf = (client_id: string): string | undefined => this.#byClientId.get(client_id)?.client_secret;

  /** Registers an app, or what is new about one. */
  keep(app: App): void {
    this.#byClientId.set(app.client_id, app);
    this.#changes += 1;
  }

  remove(client_id: string): void {
    if (this.#byClientId.delete(client_id)) this.#changes += 1;
  }

  /** Everything that `load` needs, as JSON can hold it: with secrets. */
  dump(): readonly App[] {
    return this.all();
  }

  load(apps: readonly App[]): void {
    this.#byClientId.clear();
    for (const app of apps) this.keep(app);
  }
}
