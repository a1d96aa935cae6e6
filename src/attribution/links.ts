import { forbid } from "../access/guard.js";
import { accept, type Outcome } from "../kernel/outcome.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Link, Space } from "../model/space.js";

/** Creates an attribution link. */
export function createLink(
  space: Space,
  command: Command<"link.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, target, campaign, cohort = null, source = null } = command;
  return (
    forbid(space, { member: by, capability: "link.create", at: context.now }) ??
    accept(
      happened(
        "link.created",
        { link: context.newId("lnk"), target, campaign, cohort, source },
        command,
        context,
      ),
    )
  );
}

/**
 * The URL to publish for a link: its target with `cid`, the link's id, by which clicks and orders name it, and
 * the UTM parameters that analytics tools read. Values are lower-case letters, digits, `-` and `_`, because
 * those tools tell upper from lower case. Parameters that the target has already are left as they are.
 *
 * ```ts
 * linkUrl({ ...link, target: "https://shop.example/kit", campaign: "spring", cohort: "early-birds" });
 * // "https://shop.example/kit?cid=...&utm_source=chat&utm_medium=social&utm_campaign=spring&utm_content=early-birds"
 * ```
 */
export function linkUrl(link: Pick<Link, "id" | "target" | "campaign" | "cohort" | "source">): string {
  const url = new URL(link.target);
  const parameters: readonly (readonly [string, string | null])[] = [
    ["cid", link.id],
    ["utm_source", slug(link.source ?? "chat")],
    ["utm_medium", "social"],
    ["utm_campaign", slug(link.campaign)],
    ["utm_content", link.cohort === null ? null : slug(link.cohort)],
  ];
  for (const [name, value] of parameters) {
    if (value !== null && !url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url.href;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, "-")
    .replace(/^-|-$/g, "");
}
