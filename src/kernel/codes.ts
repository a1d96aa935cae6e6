/** What kind of answer a code belongs to: a refused command, a failing store, an unreadable import, misuse. */
export type CodeKind = "refusal" | "store" | "import" | "input";

type CodeEntry = { readonly kind: CodeKind; readonly means: string; readonly todo: string };

/**
 * Every code the library can answer with, in one place: what it means and what to do about it.
 *
 * The page `docs/errors.md` is made from this list. Only its types are used at run time, so the prose costs
 * nothing in a bundle unless you import `CODES` yourself, for instance to show help beside a refusal.
 */
export const CODES = {
  // --- Commands refused -------------------------------------------------------------------------------------
  INVALID_COMMAND: {
    kind: "refusal",
    means:
      "The command does not have the shape its type asks for: a field is missing, misspelt or of the wrong type.",
    todo: "Read `details.issues`: each names the field and what was expected.",
  },
  NOT_ALLOWED: {
    kind: "refusal",
    means: "The permissions of the member named in `by` do not cover this command.",
    todo: "Read `details.decision`: its code says which rule decided. Ask a host for a role that covers it.",
  },
  OUTRANKED: {
    kind: "refusal",
    means:
      "The command acts on a member, or hands out a role, that ranks as high as or higher than the one who acts.",
    todo: "Let somebody of a higher rank do it. A host can act on everybody except another host.",
  },
  WOULD_ESCALATE: {
    kind: "refusal",
    means:
      "The command would give somebody more than the one who acts has to give, or the one who acts more than before.",
    todo: "Read `details.check.capabilities`: let somebody who has these do it, or leave them out.",
  },
  LAST_HOST: {
    kind: "refusal",
    means: "The command would leave the space without a host.",
    todo: "Make another member host first, then repeat the command.",
  },
  SPACE_UNKNOWN: {
    kind: "refusal",
    means: "No space with this id has been created in this store.",
    todo: "Check the id, and that the handle uses the store the space was created in.",
  },
  SPACE_EXISTS: {
    kind: "refusal",
    means: "A space with this id exists already.",
    todo: "Open it with `spaces.open(id)`, or create the new one under another id.",
  },
  SPACE_ARCHIVED: {
    kind: "refusal",
    means: "The space is archived: it can be read, and nothing in it can change.",
    todo: "Create a new space, from the same template if it was made from one.",
  },
  LEGAL_HOLD: {
    kind: "refusal",
    means: "The space is under a legal hold: nothing of it may be erased. Nothing was.",
    todo: "Read `details.spaces`. Whoever put the hold there releases it (`space.release`); then erase again.",
  },
  SPACE_NOT_STAGING: {
    kind: "refusal",
    means: "Only a space that is still being staged can go live.",
    todo: "Nothing, if it is live already. An archived space does not come back.",
  },
  CHANNEL_UNKNOWN: {
    kind: "refusal",
    means: "The space has no channel with this id.",
    todo: "Check the id against `space.channels`.",
  },
  CHANNEL_EXISTS: {
    kind: "refusal",
    means: "The space has a channel with this id already, open or closed.",
    todo: "Choose another id, or configure the channel that is there.",
  },
  CHANNEL_CLOSED: {
    kind: "refusal",
    means: "The channel is closed: it can be read, and nothing in it can change.",
    todo: "Use an open channel.",
  },
  MEMBER_UNKNOWN: {
    kind: "refusal",
    means: "The person the command is about is not a member of the space.",
    todo: "Invite them first, or check the id.",
  },
  ALREADY_A_MEMBER: {
    kind: "refusal",
    means: "The person is a member of the space already; no use of the invite was counted.",
    todo: "Nothing. To change what they may do, assign them roles.",
  },
  ROLE_UNKNOWN: {
    kind: "refusal",
    means: "The role is not one of the space's roles.",
    todo: "Use `host`, `co-moderator`, `contributor`, `guest` or `read-only`.",
  },
  JOIN_NEEDS_INVITE: {
    kind: "refusal",
    means: "Only a public space can be joined without an invite.",
    todo: "Ask a member who may invite for a link, or to add you.",
  },
  INVITES_DISABLED: {
    kind: "refusal",
    means: "A private space has no invite links: its hosts add members one by one.",
    todo: "Use `member.add`, or change the visibility of the space to `invite`.",
  },
  INVITE_INVALID: {
    kind: "refusal",
    means: "The token is not one that this space has given out: it is mistyped, cut short or forged.",
    todo: "Copy the whole link again. Which part is wrong is not said on purpose.",
  },
  INVITE_OTHER_SPACE: {
    kind: "refusal",
    means: "The token is an invite to another space.",
    todo: "Use `spaces.join({ token, as })`, which finds the space by itself.",
  },
  INVITE_UNKNOWN: {
    kind: "refusal",
    means: "The space has no invite with this id.",
    todo: "Check the id against `space.invites`; it is not the token.",
  },
  INVITE_REVOKED: { kind: "refusal", means: "The invite was revoked.", todo: "Ask for a new one." },
  INVITE_EXPIRED: { kind: "refusal", means: "The invite has ended.", todo: "Ask for a new one." },
  INVITE_NOT_YOURS: {
    kind: "refusal",
    means: "The invite is for one person, and it is not the one who redeems it.",
    todo: "Redeem it as the person it was given to, or ask for one of your own.",
  },
  INVITE_NEEDS_END: {
    kind: "refusal",
    means: "The invite policy of the space lets no invite live without an end.",
    todo: "Say when it expires: `expiresIn`, of `details.longest` milliseconds at most.",
  },
  INVITE_TOO_LONG: {
    kind: "refusal",
    means: "The invite policy of the space lets invites live for a shorter time only.",
    todo: "Choose an `expiresIn` of `details.longest` milliseconds at most. For one person it may be longer than for all.",
  },
  INVITE_TOO_MANY: {
    kind: "refusal",
    means: "The invite policy of the space allows fewer uses of one invite.",
    todo: "Set `maxUses` to `details.mostUses` at most.",
  },
  INVITE_OPENS_NOTHING: {
    kind: "refusal",
    means:
      "The invite names a channel in which its role may do nothing, so that whoever joins would not see it.",
    todo: "Leave the channel out, or choose a role that may do something in channels of its kind.",
  },
  INVITE_FREE: {
    kind: "refusal",
    means: "A payment was noted for an invite for which nothing has to be paid.",
    todo: "Check the invite: one with a `ticket` has to be paid.",
  },
  TICKET_NEEDED: {
    kind: "refusal",
    means: "The invite has to be paid, and there is no ticket of this person that holds.",
    todo: "Take the payment and note it (`ticket.pay`), then redeem the invite.",
  },
  TICKET_PRICE: {
    kind: "refusal",
    means: "The amount that was paid is not the price of the invite.",
    todo: "Compare it with `details.price`, currency included. Whoever paid less on purpose can be added by hand.",
  },
  TICKET_CONFLICT: {
    kind: "refusal",
    means: "A payment with this order number has been noted already, for somebody or something else.",
    todo: "Use one order number for each payment, and the same data each time it is delivered.",
  },
  TICKET_UNKNOWN: {
    kind: "refusal",
    means: "No payment with this order number has been noted.",
    todo: "Check the order number against `space.tickets`.",
  },
  REQUEST_UNKNOWN: {
    kind: "refusal",
    means: "The space has no request with this id, or it is somebody else's to take back.",
    todo: "Check the id against `space.requests`.",
  },
  REQUEST_SETTLED: {
    kind: "refusal",
    means: "The request has been approved, declined or withdrawn already: `details.status`.",
    todo: "Nothing, or let the person ask again.",
  },
  BANNED: {
    kind: "refusal",
    means:
      "The person may not come into the space: until `details.until`, or, where that is `null`, for good.",
    todo: "Lift the ban (`member.unban`) if they should be let in after all.",
  },
  INVITE_EXHAUSTED: {
    kind: "refusal",
    means: "The invite has been used as often as it allows.",
    todo: "Ask for a new one, or for one with more uses.",
  },
  MESSAGE_UNKNOWN: {
    kind: "refusal",
    means: "The channel has no message with this id.",
    todo: "Check the id and the channel. Pure callers hand the message in as `timeline`.",
  },
  MESSAGE_DELETED: {
    kind: "refusal",
    means: "The message has been deleted.",
    todo: "Post a new one.",
  },
  MESSAGE_TOO_LONG: {
    kind: "refusal",
    means: "The text is longer than a message may be (65,536 UTF-16 code units).",
    todo: "Split it, or attach it as a file.",
  },
  MESSAGE_EMPTY: {
    kind: "refusal",
    means: "The message has neither text nor an attachment.",
    todo: "Give it one of them.",
  },
  POLL_UNKNOWN: {
    kind: "refusal",
    means: "The message is not a poll.",
    todo: "Vote on a message that was made with `poll`.",
  },
  POLL_OPTION_UNKNOWN: {
    kind: "refusal",
    means: "The poll has no such option, or takes one choice only.",
    todo: "Vote by the index of an option, one of them unless the poll is `multiple`.",
  },
  MEMBER_SUSPENDED: {
    kind: "refusal",
    means: "The member is timed out, and can look after nothing until that is over.",
    todo: "Lift the time-out (`limit.lift`), wait until it ends, or choose somebody else.",
  },
  DUTY_NEEDS_MORE: {
    kind: "refusal",
    means: "The member may not do what the duty needs.",
    todo: "Read `details.missing`: give them a role that has these, or choose somebody else.",
  },
  DUTY_REQUIRED: {
    kind: "refusal",
    means: "The member holds a duty that must never be vacant, and nobody would hold it once they are gone.",
    todo: "Read `details.duties`: hand these over first, for good, and leave when that is accepted.",
  },
  DUTY_NOT_VACANT: {
    kind: "refusal",
    means: "A duty can be taken without being asked only while nobody can look after it. Somebody can.",
    todo: "Ask whoever `whoAnswers` names to hand it over, or a host to assign it.",
  },
  NOT_A_FALLBACK: {
    kind: "refusal",
    means: "The member was not named to step in for the duty.",
    todo: "Let one of `space.duties[duty].fallback` take it, or a host assign it.",
  },
  HANDOFF_NOT_HELD: {
    kind: "refusal",
    means: "The member who would hand it over does not have it when the handoff would begin.",
    todo: "Ask `whoHolds` or `whoAnswers` who does, and hand over from them.",
  },
  HANDOFF_OUTLASTS: {
    kind: "refusal",
    means: "The member has it for a while only, and would hand it over for longer.",
    todo: "Read `details.until`: end the window by then, or let the one it goes back to hand it over.",
  },
  ROLE_IS_OWNERSHIP: {
    kind: "refusal",
    means: "A role that is above all rules cannot be handed over by itself.",
    todo: "Hand over the ownership (`ownership: true`), or let a host assign the role.",
  },
  NOT_DUE: {
    kind: "refusal",
    means: "The clock was asked to put something on record before its time.",
    todo: "Run what `due(space, now)` lists, or call `spaces.tick()`; `details.dueAt` says when.",
  },
  DRAFT_UNKNOWN: {
    kind: "refusal",
    means: "The space has no draft with this id.",
    todo: "Check the id against `space.drafts`.",
  },
  DRAFT_STALE: {
    kind: "refusal",
    means: "The draft has changed: the revision that the command names is not the current one.",
    todo: "Read the draft as it is now, at `details.revision`, and decide again.",
  },
  DRAFT_SETTLED: {
    kind: "refusal",
    means: "The draft has been published or withdrawn: nothing of it changes any more.",
    todo: "Propose a new draft. What was published can still be withdrawn.",
  },
  DRAFT_NOT_SUBMITTED: {
    kind: "refusal",
    means: "The draft has not been submitted since it was last changed, rejected or sent back.",
    todo: "Submit it first (`draft.submit`).",
  },
  DRAFT_NOT_PUBLISHED: {
    kind: "refusal",
    means: "The draft has not been published: no message of it can have been delivered.",
    todo: "Publish it first (`draft.publish`).",
  },
  REVISION_UNKNOWN: {
    kind: "refusal",
    means: "The draft has no such revision.",
    todo: "Name one of `draft.revisions`.",
  },
  APPROVALS_MISSING: {
    kind: "refusal",
    means:
      "The approvals that count at this moment are not enough: some are still to come, or somebody who approved has left, or lost the duty or the right since.",
    todo: "Read `details.missing`: so many approvals, and of whom. `approvalsOf` says whose count.",
  },
  APPROVER_IS_AUTHOR: {
    kind: "refusal",
    means: "Who wrote a part of a draft, also by a suggestion that was taken up, cannot approve it.",
    todo: "Let somebody approve who has not written any of it.",
  },
  APPROVAL_NOT_ASKED: {
    kind: "refusal",
    means: "The approval rule of the draft takes the approval of others, so that this one could never count.",
    todo: "Read `details.asked`: let one of them approve. You can still reject, or request changes.",
  },
  SUGGESTION_UNKNOWN: {
    kind: "refusal",
    means: "The draft has no suggestion with this id.",
    todo: "Check the id against the `suggestions` of the draft.",
  },
  SUGGESTION_SETTLED: {
    kind: "refusal",
    means: "The suggestion has been applied or rejected already.",
    todo: "Make it again if it should be looked at again.",
  },
  SUGGESTION_CONFLICT: {
    kind: "refusal",
    means:
      "The text that the suggestion changes has been changed since, or too much around it. The suggestion stays open.",
    todo: "Revise the draft by hand, or let it be suggested again on the current revision.",
  },
  CHANNEL_STAGED: {
    kind: "refusal",
    means: "Nothing appears in the channel, or changes in it, but what was published from an approved draft.",
    todo: "Propose a draft with this channel as its `target`.",
  },
  MESSAGE_RESERVED: {
    kind: "refusal",
    means: "The id belongs to the message of a draft that was published.",
    todo: "Post under another id, or leave it out.",
  },
  HANDOFF_PENDING: {
    kind: "refusal",
    means: "The same has been offered to somebody already, for a time that overlaps this one.",
    todo: "Wait for the answer, or withdraw the first offer.",
  },
  HANDOFF_UNKNOWN: {
    kind: "refusal",
    means: "The space has no handoff with this id.",
    todo: "Check the id against `space.handoffs`.",
  },
  HANDOFF_NOT_YOURS: {
    kind: "refusal",
    means:
      "Only the one it was offered to may accept or decline a handoff; only the one who offered may withdraw it.",
    todo: "Let the right member answer.",
  },
  HANDOFF_SETTLED: {
    kind: "refusal",
    means: "The handoff has been accepted, declined or withdrawn already.",
    todo: "Offer it again if it should pass on.",
  },
  HANDOFF_LAPSED: {
    kind: "refusal",
    means: "The handoff was not accepted in time: by the end of its window, or as long as the offer stood.",
    todo: "Offer it again, with a later window or a longer `expiresIn`.",
  },
  INCIDENT_UNKNOWN: {
    kind: "refusal",
    means: "The space has no incident with this id.",
    todo: "Check the id against `space.incidents`.",
  },
  INCIDENT_MERGED: {
    kind: "refusal",
    means: "The incident is a duplicate that was merged into another, where it goes on.",
    todo: "Repeat the command on `details.into`.",
  },
  INCIDENT_RESOLVED: {
    kind: "refusal",
    means:
      "The incident has been resolved: only updates, its severity and duplicates are still put on record.",
    todo: "Reopen it (`incident.reopen`) if it was not put right after all.",
  },
  INCIDENT_NOT_RESOLVED: {
    kind: "refusal",
    means: "Only an incident that was resolved can be reopened.",
    todo: "Nothing: it is being dealt with. `space.incidents[id].status` says how far it is.",
  },
  INCIDENT_LONG_RESOLVED: {
    kind: "refusal",
    means: "The incident was resolved more than 24 hours ago: what happens now is another one.",
    todo: "Declare a new incident; its `text` can name the earlier one.",
  },
  ITEM_UNKNOWN: {
    kind: "refusal",
    means: "The space has no item with this id.",
    todo: "Check the id against `space.items`.",
  },
  ITEM_SETTLED: {
    kind: "refusal",
    means: "The item has been done or dropped.",
    todo: "Reopen it (`item.reopen`) if it has to be done after all.",
  },
  ITEM_NOT_SETTLED: {
    kind: "refusal",
    means: "Only an item that was done or dropped can be reopened.",
    todo: "Nothing: it is open.",
  },
  CHECKLIST_UNKNOWN: {
    kind: "refusal",
    means: "The space has no checklist with this id.",
    todo: "Check the id against `space.checklists`.",
  },
  CHECKLIST_CLOSED: {
    kind: "refusal",
    means: "The checklist has been closed, and takes no more items.",
    todo: "Raise the item without it, or open another checklist.",
  },
  ROTA_UNKNOWN: {
    kind: "refusal",
    means: "The space has no rota with this id, or the rota has ended.",
    todo: "Check the id against `space.rotas`, or define the rota (`rota.define`).",
  },
  ROTA_EMPTY: {
    kind: "refusal",
    means: "A rota was to be defined by which nobody would ever be on duty.",
    todo: "Give it a grid or a rotation, each with people; to end a rota, define it with `plan: null`.",
  },
  ROTA_OVERRIDE_UNKNOWN: {
    kind: "refusal",
    means: "The rota has no override with this id, or it has been taken back.",
    todo: "Check the id against the `overrides` of the rota.",
  },
  HOURS_NOT_HELD: {
    kind: "refusal",
    means: "Hours were to change hands that are not, or not all, of the member who would have given them.",
    todo: "Ask `shiftsOf` who has which hours. They may have changed since a swap was offered.",
  },
  ALREADY_ON_DUTY: {
    kind: "refusal",
    means: "The member would take over hours in which they cover the same duty already.",
    todo: "Swap with somebody who is off duty then, or let a host override the rota.",
  },
  SWAP_UNKNOWN: {
    kind: "refusal",
    means: "The space has no swap with this id.",
    todo: "Check the id against `space.swaps`.",
  },
  SWAP_NOT_YOURS: {
    kind: "refusal",
    means:
      "Only the one a swap was offered to may accept or decline it; only the one who offered may withdraw it.",
    todo: "Let the right member answer. Who may `rota.manage` can withdraw it, too.",
  },
  SWAP_SETTLED: {
    kind: "refusal",
    means: "The swap has been accepted, declined or withdrawn already.",
    todo: "Offer the hours again if they should change hands.",
  },
  SWAP_PENDING: {
    kind: "refusal",
    means: "The same member has been offered some of these hours already, and has not answered.",
    todo: "Wait for the answer, or withdraw the first offer.",
  },
  SWAP_OVER: {
    kind: "refusal",
    means: "Hours of the swap were over before it was accepted.",
    todo: "Offer other hours.",
  },
  EXPORT_FORBIDDEN: {
    kind: "refusal",
    means:
      "The export policy of the space, the channel or the slice does not let this person take content out.",
    todo: "Ask a host to do it, or to change `exportPolicy`.",
  },
  COHORT_UNKNOWN: {
    kind: "refusal",
    means: "The space has no cohort with this id.",
    todo: "Check the id against `space.cohorts`, or define it first (`cohort.define`).",
  },
  COHORT_HAS_RULE: {
    kind: "refusal",
    means: "Who belongs to the cohort follows from its rule: nobody can be put on it or taken off.",
    todo: "Change the rule, or define the cohort without one to make it a list.",
  },
  COHORT_CIRCLE: {
    kind: "refusal",
    means: "The rule of the cohort would depend on itself, directly or through other cohorts.",
    todo: "Leave the cohort named in `details.cohort` out of what its rule is made of.",
  },
  COHORT_IN_USE: {
    kind: "refusal",
    means: "The rule of another cohort names this one, so that dropping it would change who belongs there.",
    todo: "Change the cohort named in `details.by` first.",
  },
  SLICE_EMPTY: {
    kind: "refusal",
    means: "No message that this member may read fits the selection.",
    todo: "Check the ids, the range and the channel.",
  },
  SLICE_UNKNOWN: {
    kind: "refusal",
    means: "The space has no slice with this id.",
    todo: "Check the id against `space.slices`.",
  },
  SLICE_REVOKED: {
    kind: "refusal",
    means: "The slice has been taken back, and with it everything that was shared of it.",
    todo: "Ask whoever shared it. A new slice can be made of the same messages.",
  },
  SHARE_UNKNOWN: {
    kind: "refusal",
    means: "The space has no share with this id.",
    todo: "Check the id against `space.shares`; it is not the token.",
  },
  SHARE_EMPTY: {
    kind: "refusal",
    means:
      "Nobody would be given the slice: no member was named, the cohorts have none now, and no link was asked for.",
    todo: "Name members, choose another cohort, or share it by link.",
  },
  SHARE_INVALID: {
    kind: "refusal",
    means:
      "The slice was not shared with whoever asks, or the token of the link is mistyped, cut short or forged.",
    todo: "Copy the whole link again, or ask whoever shared it. Which part is wrong is not said on purpose.",
  },
  SHARE_REVOKED: {
    kind: "refusal",
    means: "The share has been taken back.",
    todo: "Ask whoever shared it for a new one.",
  },
  SHARE_EXPIRED: {
    kind: "refusal",
    means: "The share has ended: by its own end, or because its policy lets nobody keep it longer.",
    todo: "Ask whoever shared it for a new one.",
  },
  LINKS_FORBIDDEN: {
    kind: "refusal",
    means: "The policy lets the slice go to members only: its visibility is `private`.",
    todo: "Share it with members by name, or let somebody who may widen the policy set `visibility` to `invite`.",
  },
  FORWARD_FORBIDDEN: {
    kind: "refusal",
    means: "The slice was shared with the member under a policy that does not let them share it on.",
    todo: "Ask whoever shared it to share it with the others too.",
  },
  AI_FORBIDDEN: {
    kind: "refusal",
    means: "The policy of the slice does not let a machine read it.",
    todo: "Leave it out of what you hand to a model, or ask a host to allow it (`ai: true`).",
  },
  POLICY_WIDENED: {
    kind: "refusal",
    means: "The command would allow more than the policy of the space, the channel or the slice does.",
    todo: "Read `details.fields`: leave them out, or let somebody with `policy.widen` do it.",
  },
  POLICY_INHERITED: {
    kind: "refusal",
    means: "The content came from elsewhere with a policy of its own, which nobody here may widen.",
    todo: "Read `details.fields`: leave them out, or ask where it came from for a copy that allows more.",
  },
  KEY_UNKNOWN: {
    kind: "refusal",
    means: "The space has no key with this id.",
    todo: "Check the id against `space.keys`, and put the key on record with `key.add`.",
  },
  KEY_REVOKED: {
    kind: "refusal",
    means: "The key has been revoked. A revoked key is not taken back: somebody else may have it.",
    todo: "Make a new key pair and add its public key.",
  },
  LINK_UNKNOWN: {
    kind: "refusal",
    means: "The space has no attribution link with this id.",
    todo: "Check the id against `space.links`.",
  },
  // --- Misuse: the arguments cannot mean anything -------------------------------------------------------------
  INVALID_INPUT: {
    kind: "input",
    means:
      "A value handed to a function cannot be what it has to be: an instant, a duration, a time zone, an amount.",
    todo: "Read the message: it names the value and shows one that works.",
  },
  TEMPLATE_VARIABLES_INVALID: {
    kind: "input",
    means: "The variables do not fit the schema of the template.",
    todo: "Read `details.issues`: each names the variable and what was expected.",
  },
  // --- Stores -------------------------------------------------------------------------------------------------
  STORE_DRIVER_MISSING: {
    kind: "store",
    means:
      "What the store needs is not there: no SQLite driver was handed in and none is installed, or there is no IndexedDB or WebCrypto.",
    todo: "Install one of `better-sqlite3`, `libsql` or `node-sqlite3-wasm`, or use Node 22.13 or newer, which has one. IndexedDB is in browsers and workers; in tests, import `fake-indexeddb/auto`. WebCrypto is there on pages loaded over HTTPS.",
  },
  STORE_NOT_A_DATABASE: {
    kind: "store",
    means: "The file exists and is not a SQLite database.",
    todo: "Check the path. The file was left as it is.",
  },
  STORE_CANNOT_OPEN: {
    kind: "store",
    means: "The database cannot be opened or made: its file cannot, or the browser forbids it.",
    todo: "Check that its folder exists, that the path is not a folder itself, and that both may be read. In a browser, check that the page may keep data.",
  },
  STORE_NEWER_VERSION: {
    kind: "store",
    means: "The database was written by a newer version of this library.",
    todo: "Update `chat-spaces`, or reload the page. The database was left as it is.",
  },
  STORE_READ_ONLY: {
    kind: "store",
    means: "The database cannot be written: the file, its folder or the connection is read-only.",
    todo: "Check the permissions of the file and of its folder (SQLite writes beside it).",
  },
  STORE_FULL: {
    kind: "store",
    means: "The disk or the quota is full. Nothing of the commit was kept.",
    todo: "Make room and repeat the command.",
  },
  STORE_BUSY: {
    kind: "store",
    means:
      "Somebody else held the database: another process for longer than `busyTimeout`, or another tab an older version of it.",
    todo: "Repeat the command, raise `busyTimeout`, or close the other tab.",
  },
  STORE_CLOSED: {
    kind: "store",
    means: "The store has been closed, or another tab has deleted its database.",
    todo: "Open a new one.",
  },
  STORE_INVALID_COMMIT: {
    kind: "store",
    means: "The commit cannot be stored: it is empty, its `expected` is not a revision, or it is not JSON.",
    todo: "This is a defect of the caller, not of the store. Read the message: it names the part.",
  },
  STORE_INVALID_CURSOR: {
    kind: "store",
    means: "The `after` of a feed is not a cursor that this store has given.",
    todo: "Hand in the `cursor` of a commit from the same store, or leave `after` out to start from the first.",
  },
  STORE_INVALID_ERASURE: {
    kind: "store",
    means:
      "The erasure cannot be carried out: its revisions are not revisions, or what is to stay is not JSON.",
    todo: "This is a defect of the caller, not of the store. Read the message: it names the part.",
  },
  STORE_UNREACHABLE: {
    kind: "store",
    means: "The connection to the database could not be made, or was lost while it worked.",
    todo: "Repeat the call; a commit under the same id is never appended twice. `withRetry` does it for you.",
  },
  STORE_NOT_SET_UP: {
    kind: "store",
    means: "The tables of the store are not there.",
    todo: "Run the set-up once, for instance when the application is deployed. The message names it.",
  },
  STORE_KEY_MISSING: {
    kind: "store",
    means: "There is no key to encrypt this stream with: it was forgotten, or never made.",
    todo: "Make a key for the stream before writing to it, or leave a stream whose key was forgotten alone.",
  },
  STORE_CANNOT_DECRYPT: {
    kind: "store",
    means: "A stored payload cannot be decrypted: it was made with another key, or was changed since.",
    todo: "Check that `keyOf` gives the key that the stream was written with.",
  },
  STORE_NO_FEED: {
    kind: "store",
    means: "The store has no feed, so that what others append cannot be followed.",
    todo: "Use a store that declares `feed`, as all stores of this library do, or call `refresh` on the handles.",
  },
  STORE_CANNOT_ERASE: {
    kind: "store",
    means: "The store lacks what erasure takes: `erase`, or `streams` to find what there is.",
    todo: "Use a store that declares `erase` and has `streams`, as all stores of this library do.",
  },
  STORE_CONTENTION: {
    kind: "store",
    means: "Others wrote to the stream at every attempt, as often as the client is willing to try.",
    todo: "Repeat the command later, or raise `maxAttempts`.",
  },
  STORE_FAULT: {
    kind: "store",
    means: "The database failed in a way that the library has no name for.",
    todo: "Read `cause`, the driver's own error.",
  },
  // --- Imports ------------------------------------------------------------------------------------------------
  IMPORT_EMPTY: {
    kind: "import",
    means: "The file has no content.",
    todo: "Export the chat again.",
  },
  IMPORT_NOT_AN_EXPORT: {
    kind: "import",
    means: "No line of the file looks like a message of the platform's export.",
    todo: "Check that it is the exported chat and not, for instance, one of its attachments.",
  },
  IMPORT_UNSUPPORTED_INPUT: {
    kind: "import",
    means: "The input is none of text, bytes, a Blob, a web stream or an async iterable of those.",
    todo: "Read the file first, or hand in `blob.stream()`.",
  },
  IMPORT_INVALID_HISTORY: {
    kind: "import",
    means: "The history is not one that a parser of this library gives.",
    todo: "Read `details.issues`: each names the message and the field.",
  },
  IMPORT_LINE_TOO_LONG: {
    kind: "import",
    means: "A message is longer than the limit, and no chat platform allows such a message.",
    todo: "Check the line that the message names, or raise `limits.message` if you trust the file.",
  },
  IMPORT_TOO_LARGE: {
    kind: "import",
    means: "The zip, or the text inside it, is larger than the limit.",
    todo: "Raise `limits.archive` or `limits.text` if you trust the file.",
  },
  IMPORT_UNSAFE_NAME: {
    kind: "import",
    means:
      "The zip names a file outside its own folder, which no phone's export does. Nothing was read from it.",
    todo: "Do not trust the file. Export the chat again.",
  },
  IMPORT_DAMAGED: {
    kind: "import",
    means: "The zip cannot be read: it is cut short, encrypted or damaged.",
    todo: "Copy or export it again, or unpack it and hand in the text.",
  },
  IMPORT_NO_CHAT: {
    kind: "import",
    means: "The zip has no text file that could be a chat.",
    todo: "Hand in the zip that the phone made, or the text file itself.",
  },
  IMPORT_TIME_ZONE_NEEDED: {
    kind: "import",
    means: "The export holds wall-clock times without a zone, so the instants of its messages are not known.",
    todo: "Give `timeZone`, the IANA zone of the phone that made the export, such as `Europe/Berlin`.",
  },
  IMPORT_AMBIGUOUS_DATES: {
    kind: "import",
    means:
      "Every date of the file can be read day first and month first, so the instants of its messages are not known.",
    todo: "Give `dateOrder`: `dmy` or `mdy`.",
  },
  BUNDLE_INVALID: {
    kind: "import",
    means: "The file is not a bundle of this library, or not of the kind that was asked for.",
    todo: "Check that it is the file that an export wrote. A zip is opened with `unzipBundle` first.",
  },
  BUNDLE_NEWER: {
    kind: "import",
    means: "A later version of the library wrote the bundle, in a form that this one does not know.",
    todo: "Update `chat-spaces`.",
  },
  BUNDLE_TRUNCATED: {
    kind: "import",
    means: "The bundle is cut short: its last line is missing. Nothing was imported.",
    todo: "Copy or export it again.",
  },
  BUNDLE_ALTERED: {
    kind: "import",
    means:
      "Something in the bundle is not as it was written: its counts, its hash or its signature do not fit.",
    todo: "Copy it again from where it was exported. Do not trust this copy.",
  },
  BUNDLE_INVALID_EVENT: {
    kind: "import",
    means:
      "A line of the bundle is not an event that this version of the library knows, or stands where it cannot.",
    todo: "Read `details`: the line, the field and what was expected there. A later version may know it.",
  },
  BUNDLE_TOO_LARGE: {
    kind: "import",
    means: "A line of the bundle, or something in its zip, is larger than the limit.",
    todo: "Raise the limit that the message names, if you trust the file.",
  },
  BUNDLE_UNTRUSTED: {
    kind: "import",
    means: "None of the trusted keys signed the bundle.",
    todo: "Ask where it comes from. Hand in the right key (`trusted`), or leave `trusted` out to take it as it is.",
  },
  BUNDLE_OTHER_SPACE: {
    kind: "import",
    means: "The store has another space under the id of the one in the bundle. Nothing was imported.",
    todo: "Import it into a store of its own, or under a namespace (`withNamespace`).",
  },
  BUNDLE_UNSAFE_NAME: {
    kind: "import",
    means:
      "A file of the zip has a name that could reach outside its folder, or that some systems cannot keep.",
    todo: "Name the file otherwise. Do not trust a zip that came with such a name.",
  },
} as const satisfies Record<string, CodeEntry>;

type CodesOf<K extends CodeKind> = {
  [C in keyof typeof CODES]: (typeof CODES)[C]["kind"] extends K ? C : never;
}[keyof typeof CODES];

/** Any code of the library. */
export type Code = keyof typeof CODES;
/** Codes of refused commands. */
export type RefusalCode = CodesOf<"refusal">;
/** Codes of misuse: arguments that cannot mean anything. */
export type InputCode = CodesOf<"input">;
/** Codes of failing stores. */
export type StoreCode = CodesOf<"store">;
/** Codes of inputs that cannot be imported. */
export type ImportCode = CodesOf<"import">;
