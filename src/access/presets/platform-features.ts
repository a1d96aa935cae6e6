// What each platform enforces by itself. Limits and features change: every table says when it was looked at, and
// where. Lengths are in milliseconds.

/** A platform that a space may live on. */
export type Platform = "whatsapp" | "telegram" | "discord" | "slack" | "email" | "sms";

/** Who sees to it that a rule holds. */
export type Enforcer = "platform" | "bot" | "nobody";

/** A kind of rule. */
export type Feature =
  | "role"
  | "read-only"
  | "override"
  | "grant"
  | "timeout"
  | "mute"
  | "closed"
  | "ceiling"
  | "staging"
  | "archived"
  | "slow-mode"
  | "approval"
  | "time-limit"
  | "age"
  | "invite-expiry"
  | "invite-uses"
  | "membership-end";

/** Who enforces a kind of rule, and how: up to a limit where there is one, and beyond it somebody else or nobody. */
export type Enforcement = {
  readonly by: Enforcer;
  readonly how: string;
  readonly most?: number;
  /** Whether it also enforces what has no end, though not what has one beyond the limit. */
  readonly endless?: boolean;
  readonly beyond?: { readonly by: Enforcer; readonly how: string };
};

export type PlatformFeatures = {
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly features: { readonly [feature in Feature]: Enforcement };
};

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

// A bundler leaves out what a call makes that nobody uses, though not what many calls in a table make.
const made = (make: () => PlatformFeatures): PlatformFeatures => make();
const platform = (how: string): Enforcement => ({ by: "platform", how });
const bot = (how: string): Enforcement => ({ by: "bot", how });
const nobody = (how: string): Enforcement => ({ by: "nobody", how });
const upTo = (most: number, how: string, by: Enforcer, otherwise: string): Enforcement => ({
  by: "platform",
  how,
  most,
  beyond: { by, how: otherwise },
});

const DISCORD = /* @__PURE__ */ made(() => ({
  asOf: "2026-08",
  sources: [
    "https://docs.discord.com/developers/topics/permissions",
    "https://docs.discord.com/developers/resources/channel",
    "https://docs.discord.com/developers/resources/guild",
  ],
  features: {
    role: platform("A role with its permissions, and overwrites in the channels of that kind."),
    "read-only": platform("An overwrite that denies @everyone to send messages, and allows the team."),
    override: platform("An overwrite of the channel for the role or the member."),
    grant: bot("An overwrite for the member, which the bot takes away when the grant ends."),
    timeout: upTo(
      28 * DAY,
      "A time-out of the member.",
      "bot",
      "Discord's time-outs end after 28 days: the bot sets the next.",
    ),
    mute: bot("A role that denies to send messages, which the bot takes away in the end."),
    closed: platform("An overwrite that denies @everyone to send messages."),
    ceiling: platform("Overwrites in every channel, or a role that denies."),
    staging: platform("Overwrites that hide the channels from @everyone."),
    archived: platform("Overwrites that deny @everyone to send messages in any channel."),
    "slow-mode": upTo(
      21_600 * SECOND,
      "Slow mode of the channel.",
      "bot",
      "Slow mode goes up to 6 hours: the bot deletes what comes too soon.",
    ),
    approval: bot("Members post in a channel of the bot, which passes on what was approved."),
    "time-limit": nobody("Members edit and delete their own messages whenever they want."),
    age: bot("The bot gives the role that may post when the time has come."),
    "invite-expiry": upTo(
      7 * DAY,
      "The invite's max_age.",
      "bot",
      "Invites expire after 7 days at most or never: the bot revokes it.",
    ),
    "invite-uses": upTo(
      100,
      "The invite's max_uses.",
      "bot",
      "Invites hold for 100 uses at most: the bot counts and revokes.",
    ),
    "membership-end": bot("The bot removes the member when the time has come."),
  },
}));

const TELEGRAM = /* @__PURE__ */ made(() => ({
  asOf: "2026-08",
  sources: ["https://core.telegram.org/bots/api", "https://github.com/tdlib/td/tree/022d602"],
  features: {
    role: bot("Telegram knows administrators and members: the bot restricts each member as their roles say."),
    "read-only": platform("A channel, or a group whose default permissions do not include to send."),
    override: bot("Telegram has no roles to override for: the bot restricts each member it is for."),
    grant: bot("The bot lifts the member's restrictions, and puts them back when the grant ends."),
    timeout: {
      ...upTo(
        366 * DAY,
        "A restriction with until_date.",
        "bot",
        "Longer than 366 days is for good: the bot lifts it in the end.",
      ),
      endless: true,
    },
    mute: {
      ...upTo(
        366 * DAY,
        "A restriction of sending with until_date.",
        "bot",
        "Longer than 366 days is for good: the bot lifts it in the end.",
      ),
      endless: true,
    },
    closed: platform("The topic is closed, or the default permissions are empty."),
    ceiling: platform("The default permissions of the chat."),
    staging: platform("The chat is private, and its link is not given out."),
    archived: platform("The default permissions of the chat are empty."),
    "slow-mode": upTo(
      HOUR,
      "Slow mode of the group, in the steps that Telegram has.",
      "bot",
      "Slow mode goes up to an hour: the bot deletes what comes too soon.",
    ),
    approval: bot("Members write to the bot, which posts what was approved; channels have suggested posts."),
    "time-limit": upTo(
      48 * HOUR,
      "Telegram ends editing after 48 hours.",
      "nobody",
      "Telegram ends editing after 48 hours.",
    ),
    age: bot("The bot restricts new members until the time has come."),
    "invite-expiry": platform("The link's expire_date."),
    "invite-uses": upTo(
      99_999,
      "The link's member_limit.",
      "bot",
      "A link is good for 99,999 at most: the bot makes the next.",
    ),
    "membership-end": bot("The bot removes the member when the time has come; paid links end by themselves."),
  },
}));

const SLACK = /* @__PURE__ */ made(() => ({
  asOf: "2026-08",
  sources: [
    "https://slack.com/help/articles/360004635551",
    "https://slack.com/help/articles/201314026",
    "https://docs.slack.dev/reference/methods/admin.conversations.setConversationPrefs",
  ],
  features: {
    role: bot(
      "Slack's roles are owner, admin, member and guest: the bot keeps user groups, and lists of who may post.",
    ),
    "read-only": platform("The channel's posting permissions: admins and people by name."),
    override: bot(
      "The bot keeps the list of who may post in the channel; there is no other thing to allow or deny.",
    ),
    grant: bot(
      "The bot puts the member on the list of who may post, and takes them off when the grant ends.",
    ),
    timeout: bot("The bot takes the member out of the channels, and back in when it ends."),
    mute: bot("The bot takes the member off the lists of who may post, or deletes what they post."),
    closed: platform("The channel's posting permissions, or the channel is archived."),
    ceiling: bot("The bot keeps the lists of who may post."),
    staging: platform("The channels are private."),
    archived: platform("The channels are archived."),
    "slow-mode": bot("The bot deletes what comes too soon; Slack has no slow mode."),
    approval: bot("A workflow takes the post in, and the bot passes on what was approved."),
    "time-limit": platform(
      "The workspace's setting for how long messages can be edited, in the steps that Slack has.",
    ),
    age: bot("The bot puts members on the list of who may post when the time has come."),
    "invite-expiry": upTo(
      30 * DAY,
      "The link's expiry.",
      "bot",
      "Links expire after 30 days at most: the bot or an admin makes the next.",
    ),
    "invite-uses": upTo(
      400,
      "The link's number of people.",
      "nobody",
      "A link is good for 400 people; fewer or more are not counted.",
    ),
    "membership-end": bot("The bot removes the member; guests can be given an end by an admin."),
  },
}));

const WHATSAPP = /* @__PURE__ */ made(() => ({
  asOf: "2026-08",
  sources: [
    "https://faq.whatsapp.com/526742385997912",
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/",
  ],
  features: {
    role: nobody("WhatsApp knows admins and members, and no bot stands between them."),
    "read-only": platform("The group is set so that only admins send, or it is the announcement group."),
    override: nobody("What holds, holds for all members or for all admins."),
    grant: nobody("The one thing to give is to be an admin, which gives everything."),
    timeout: nobody("A member cannot be silenced: an admin removes them, or sets that only admins send."),
    mute: nobody("A member cannot be silenced: an admin removes them, or sets that only admins send."),
    closed: platform("The group is set so that only admins send."),
    ceiling: nobody("There are toggles for sending, editing, adding and joining, and no others."),
    staging: platform("The link is not given out."),
    archived: platform("The group is set so that only admins send and edit."),
    "slow-mode": nobody(
      "There is no slow mode, and nothing can take a message back but its sender or an admin by hand.",
    ),
    approval: nobody("Admins approve who joins, not what is sent."),
    "time-limit": nobody("WhatsApp decides how long messages can be edited and deleted."),
    age: nobody("There is nothing between joining and sending."),
    "invite-expiry": bot(
      "Links do not expire: the bot of a business group, or an admin by hand, resets the link.",
    ),
    "invite-uses": bot(
      "Links are not counted: the bot of a business group, or an admin by hand, resets the link.",
    ),
    "membership-end": bot("The bot of a business group, or an admin by hand, removes the member."),
  },
}));

const listOf = (
  what: "mail" | "text message",
  asOf: string,
  sources: readonly string[],
): PlatformFeatures => {
  const relay = bot(`Whoever runs the list passes a ${what} on only where the rule allows it.`);
  return {
    asOf,
    sources,
    features: {
      role: relay,
      "read-only": relay,
      override: relay,
      grant: relay,
      timeout: relay,
      mute: relay,
      closed: relay,
      ceiling: relay,
      staging: relay,
      archived: relay,
      "slow-mode": relay,
      approval: bot(`Whoever runs the list holds a ${what} back until it was approved.`),
      "time-limit": platform(`What was sent cannot be changed: no ${what} is edited or taken back.`),
      age: relay,
      "invite-expiry": bot("The page to sign up on refuses the link."),
      "invite-uses": bot("The page to sign up on counts, and refuses the link."),
      "membership-end": bot("Whoever runs the list takes the member off it."),
    },
  };
};

/** What each platform enforces. */
export const PLATFORM_FEATURES: { readonly [platform in Platform]: PlatformFeatures } = {
  discord: DISCORD,
  telegram: TELEGRAM,
  slack: SLACK,
  whatsapp: WHATSAPP,
  email: /* @__PURE__ */ listOf("mail", "2026-08", ["https://www.rfc-editor.org/rfc/rfc2919"]),
  sms: /* @__PURE__ */ listOf("text message", "2026-08", ["https://www.twilio.com/docs/messaging"]),
};
