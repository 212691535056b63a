import type { Listing } from "../../domain/listing/listing.ts";
import { parseDigest } from "../../kernel/digest.ts";
import { descriptionText, instantFromMs, nameText, safeUrl, shortText, stated } from "../parse.ts";
import type { App } from "./app.ts";
import { about } from "./manifest.ts";
import type { Repository } from "./repositories.ts";

/** A listing under the name it was found by; byId gives the name most people see. */
export function listingOf(app: App, name: string, repository: Repository): Listing {
  const { packageName, version } = app;
  const certificates = version?.signers.flatMap((signer) => parseDigest(signer) ?? []) ?? [];
  return stated({
    source: about.id,
    key: `${repository.prefix}${packageName}`,
    url: pageOf(packageName, repository),
    name: nameText(name) ?? packageName,
    platform: "android",
    packageName,
    developer: developerOf(app, repository),
    iconUrl: fileUrl(repository, app.icon),
    description: descriptionText(app.description),
    version: shortText(version?.name),
    releasedAt: instantFromMs(app.added),
    updatedAt: instantFromMs(app.updated) ?? instantFromMs(version?.added),
    downloadUrl: fileUrl(repository, version?.file),
    certificates: certificates.length > 0 ? certificates : undefined,
  } satisfies Listing);
}

/**
 * An author is a text that the repository's keeper wrote down. What cannot be copied is the key that signs the repository: in a
 * publisher's own repository it stands for the publisher's account.
 */
function developerOf({ author, email, website }: App, { fingerprint }: Repository): Listing["developer"] {
  return stated({ name: nameText(author), key: fingerprint, email: shortText(email), website: safeUrl(website) });
}

/** f-droid.org has a page for each app; of another repository only the address is known, to be opened in the client. */
function pageOf(packageName: string, { url, fingerprint }: Repository): string {
  const main = `${about.homepage}/repo`;
  if (url === main) return `${about.homepage}/packages/${packageName}/`;
  return `${url}?fingerprint=${fingerprint.toUpperCase()}#${packageName}`;
}

/** The address of a file that the index names; its name may hold spaces and any script, but leads nowhere else. */
function fileUrl(repository: Repository, file: string | undefined): string | undefined {
  const steps = file?.split("/").filter((step) => step !== "") ?? [];
  if (steps.length === 0 || steps.includes("..") || steps.includes(".")) return undefined;
  return safeUrl(`${repository.url}/${steps.map(encodeURIComponent).join("/")}`);
}
