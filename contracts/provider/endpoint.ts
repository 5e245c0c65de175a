/** The endpoint that an app gives BigCommerce to call for taxes or shipping quotes: here the app is the server. */
import type { Send } from '../suites/target.js';
import { fetchSender } from '../suites/target.js';

export interface ProviderEndpoint {
  /** Sends a request whose URL is the path below the app's base URL, such as `/estimate`. */
  readonly send: Send;
  /** Of the store in whose name the app is called. */
  readonly storeHash: string;
  /** Of the merchant at a tax provider, as put into its connection. Absent: no credentials are sent, none are tested. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Settings of the merchant that a shipping provider calls right. @default {} */
  readonly connectionOptions?: Readonly<Record<string, unknown>>;
  /** Settings of one shipping zone. @default {} */
  readonly zoneOptions?: Readonly<Record<string, unknown>>;
}

/** An endpoint by its base URL, such as `https://app.example.com/bigcommerce/tax`. */
export function providerEndpoint(baseUrl: string, about: Omit<ProviderEndpoint, 'send'>): ProviderEndpoint {
  return { ...about, send: fetchSender(baseUrl.replace(/\/$/, '')) };
}
