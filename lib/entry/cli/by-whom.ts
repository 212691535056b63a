import { userInfo } from "node:os";
import { personName } from "../../domain/desk/person.ts";

/** Who stands on record for what a command does: the flag's name, else the one of this machine's login; undefined where it is none. */
export function byWhom(flag: string | undefined): string | undefined {
  return personName(flag ?? userInfo().username);
}
