import type { BrandProfile } from "../../domain/brand/profile.ts";
import type { Listing } from "../../domain/listing/listing.ts";

/** What an official listing adds to a profile, in the words of the configuration. */
export interface Additions {
  apps: { platform: string; package?: string; name: string; stores: Record<string, string>; description?: string }[];
  publishers: { store: string; name?: string; key?: string }[];
  certificates: string[];
  icons: string[];
}

/** What the listing shows of ours and the profile does not have yet. */
export function additionsFrom(listing: Listing, brand: BrandProfile): Additions {
  const { source, key, platform, packageName, developer, iconUrl, description } = listing;
  const known = brand.officialApps.some((app) => app.ids[source] === key);
  const published = brand.publishers.some((one) => one.source === source && one.key === developer?.key);
  return {
    apps: known
      ? []
      : [
          {
            platform: platform === "unknown" ? "android" : platform,
            ...(packageName === undefined ? {} : { package: packageName }),
            name: listing.name,
            stores: { [source]: key },
            ...(description === undefined ? {} : { description: description.slice(0, 4_000) }),
          },
        ],
    publishers:
      published || (developer?.key ?? developer?.name) === undefined
        ? []
        : [{ store: source, name: developer?.name, ...(developer?.key === undefined ? {} : { key: developer.key }) }],
    certificates: (listing.certificates ?? [])
      .filter(({ algorithm, hex }) => algorithm !== "md5" && !brand.certificates.some((own) => own.hex === hex))
      .map(({ hex }) => hex),
    icons: iconUrl === undefined || brand.icons.some(({ origin }) => origin === iconUrl) ? [] : [iconUrl],
  };
}
