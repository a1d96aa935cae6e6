import { seeded } from "../random.mjs";

/** Some instant; none of the facts depends on it. */
export const NOW = Date.UTC(2026, 0, 5, 12);

const SIZES = { capabilities: 32, channels: 20, roles: 12, members: 1_000 };
/** The role that has everything. Only one member has it. */
const HOST = "host";

/**
 * Who may do what in a space, as plain lists that favour no contender: roles that give capabilities, members that
 * have one to three of them, and overrides for everyone, for roles and for members, in the space and in channels.
 */
export function facts(sizes = {}) {
  const counts = { ...SIZES, ...sizes };
  const random = seeded(7);
  const capabilities = names("area.action", counts.capabilities);
  const some = (least, most) =>
    distinct(random, capabilities, least + random.below(most - least + 1)).map((i) => capabilities[i]);
  const roles = names("role", counts.roles - 1).map((id, i) => ({ id, rank: i, allow: some(6, 20) }));
  const members = names("member", counts.members).map((id) => ({
    id,
    roles: distinct(random, roles, 1 + random.below(3)).map((i) => roles[i].id),
  }));
  roles.push({ id: HOST, rank: counts.roles, allow: capabilities });
  members[0].roles = [HOST];
  const override = (subject) => ({ subject, allow: some(0, 3), deny: some(1, 4) });
  const overrides = (forRoles, forMembers) => [
    override("everyone"),
    ...distinct(random, roles, forRoles).map((i) => override({ role: roles[i].id })),
    ...distinct(random, members, forMembers).map((i) => override({ member: members[i].id })),
  ];
  return {
    capabilities,
    roles,
    members,
    overrides: overrides(2, 5),
    channels: names("channel", counts.channels).map((id) => ({ id, overrides: overrides(4, 5) })),
  };
}

/** Random questions about random members, one list per part so that asking allocates nothing. */
export function questions({ members, capabilities, channels }, count) {
  const random = seeded(11);
  const lists = { members: [], capabilities: [], channels: [] };
  for (let i = 0; i < count; i++) {
    lists.members.push(random.pick(members).id);
    lists.capabilities.push(random.pick(capabilities));
    lists.channels.push(random.pick(channels).id);
  }
  return lists;
}

/** Names as an engine holds those that are written in code, so that for no contender they are mere equals. */
function names(prefix, count) {
  return Object.keys(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}-${i}`, i])));
}

/** So many distinct indices of a list. */
function distinct(random, list, count) {
  const found = new Set();
  while (found.size < count) found.add(random.below(list.length));
  return [...found];
}
