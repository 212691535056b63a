/** The part of app-store-scraper 0.18.0 that is used; the package brings no types. */
declare module "app-store-scraper" {
  interface DoorRequest {
    url: string;
    headers: Record<string, string>;
    method: string;
  }
  interface SuggestOptions {
    term: string;
    country: string;
    requestOptions: { door: (request: DoorRequest) => Promise<{ status: number; body: string }> };
  }
  const store: { suggest(options: SuggestOptions): Promise<{ term: string }[]> };
  export = store;
}
