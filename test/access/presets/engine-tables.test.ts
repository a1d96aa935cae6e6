import {
  can,
  canMany,
  compile,
  decide,
  defineCapabilities,
  defineRoles,
  type Question,
} from "chat-spaces/access";
import { describe, expect, test } from "vitest";
import { describeTable } from "./tables.js";

// Tables that are about a model of permissions rather than about a platform, set up with nothing but the engine.

type Mattermost = {
  readonly tables: readonly { readonly name: string; readonly rows: readonly (readonly boolean[])[] }[];
  readonly rolesGrantPermission: readonly {
    readonly roles: readonly string[];
    readonly permission: string;
    readonly expected: boolean;
  }[];
};

describeTable<Mattermost>("the truth tables of Mattermost", "mattermost-truth-tables.json", (table) => {
  const rowsOf = (name: string) =>
    (table.tables.find((one) => one.name.startsWith(name))?.rows ?? []).map((row) => ({ row }));
  const capabilities = defineCapabilities({ create_post: {} });

  describe("a channel's scheme only takes moderated permissions away, and not from its admins", () => {
    test.each(rowsOf("channel role"))("$row", ({ row: [higher, moderated, scheme, admin, expected] }) => {
      const access = compile({
        capabilities,
        roles: {
          channel_user: { rank: 0, allow: higher ? ["create_post"] : [] },
          channel_admin: { rank: 1, allow: [] },
        },
        members: { leo: { roles: admin ? ["channel_user", "channel_admin"] : ["channel_user"] } },
        channels: {
          kitchen: { kind: "channel", limits: moderated && !scheme ? [{ ceiling: "moderated" }] : [] },
        },
        ceilings: { moderated: { removes: ["create_post"], exempt: { roles: ["channel_admin"] } } },
      });
      expect(can(access, "leo", "create_post", "kitchen")).toBe(expected);
    });
  });

  describe("the role of a group comes beside the role in the system", () => {
    test.each(rowsOf("custom group"))("$row", ({ row: [system, inGroup, group, expected] }) => {
      const access = compile({
        capabilities: defineCapabilities({ manage_group: { scope: "space" } }),
        roles: {
          system_user: { rank: 0, allow: system ? ["manage_group"] : [] },
          group_member: { rank: 0, allow: group ? ["manage_group"] : [] },
        },
        members: { leo: { roles: inGroup ? ["system_user", "group_member"] : ["system_user"] } },
        channels: {},
      });
      expect(can(access, "leo", "manage_group")).toBe(expected);
    });
  });

  describe("several roles give what any of them gives", () => {
    const READ = ["read_channel", "read_channel_content"] as const;
    const all = defineCapabilities({
      manage_system: { scope: "space" },
      manage_slash_commands: { scope: "space" },
      manage_team: { scope: "space" },
      create_team: { scope: "space" },
      view_team: { scope: "space" },
      read_channel: { scope: "space" },
      read_channel_content: { scope: "space" },
      create_post: { scope: "space" },
      manage_channel_roles: { scope: "space" },
    });
    const roles = defineRoles(all, {
      system_admin: { rank: 3, allow: [], bypass: true },
      system_user: { rank: 0, allow: ["create_team"] },
      team_admin: { rank: 2, allow: ["manage_slash_commands", "manage_team"] },
      team_user: { rank: 0, allow: ["view_team"] },
      team_guest: { rank: 0, allow: ["view_team"] },
      channel_admin: { rank: 1, allow: ["manage_channel_roles"] },
      channel_user: { rank: 0, allow: [...READ, "create_post"] },
      channel_guest: { rank: 0, allow: [...READ, "create_post"] },
    });

    test.each(table.rolesGrantPermission)(
      "$roles and $permission: $expected",
      ({ roles: held, permission, expected }) => {
        const access = compile({
          capabilities: all,
          roles,
          members: { leo: { roles: held } },
          channels: {},
        });
        expect(can<string>(access, "leo", permission)).toBe(expected);
      },
    );
  });
});

type AuthZen = {
  readonly users: readonly {
    readonly id: string;
    readonly subjectId: string;
    readonly roles: readonly string[];
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly user: string;
    readonly action: string;
    readonly resource: { readonly ownerId: string | null };
    readonly expected: boolean;
  }[];
  readonly batchCases: readonly {
    readonly id: string;
    readonly request: Evaluation & { readonly evaluations: readonly Evaluation[] };
    readonly expected: readonly { readonly decision: boolean }[];
  }[];
};

type Evaluation = {
  readonly subject?: { readonly id: string };
  readonly action?: { readonly name: string };
  readonly resource?: { readonly properties?: { readonly ownerID?: string } };
};

describeTable<AuthZen>("the to-do list of AuthZEN", "authzen-todo.json", (table) => {
  const capabilities = defineCapabilities({
    can_read_user: { scope: "space" },
    can_read_todos: { scope: "space" },
    can_create_todo: { scope: "space" },
    can_change_own_todo: { scope: "space" },
    can_update_todo: { scope: "space", own: "can_change_own_todo" },
    can_delete_todo: { scope: "space", own: "can_change_own_todo" },
  });
  const VIEWER = ["can_read_user", "can_read_todos"] as const;
  const EDITOR = [...VIEWER, "can_create_todo", "can_change_own_todo"] as const;
  const access = compile<string>({
    capabilities,
    roles: defineRoles(capabilities, {
      viewer: { rank: 0, allow: VIEWER },
      editor: { rank: 1, allow: EDITOR },
      admin: { rank: 2, allow: [...EDITOR, "can_delete_todo"] },
      evil_genius: { rank: 2, allow: [...EDITOR, "can_update_todo"] },
    }),
    members: Object.fromEntries(table.users.map(({ id, roles }) => [id, { roles }])),
    channels: {},
  });

  test.each(table.cases)("$id: $user and $action", ({ user, action, resource, expected }) => {
    const { effect } = decide(access, { member: user, capability: action, own: resource.ownerId === user });
    expect(effect === "allow").toBe(expected);
  });

  test.each(table.batchCases)("many questions at once: $id", ({ request, expected }) => {
    const idOf = (subject: string | undefined) =>
      table.users.find(({ id, subjectId }) => id === subject || subjectId === subject)?.id ?? "nobody";
    // What an evaluation does not say, the request says for all of them.
    const questions = request.evaluations.map((one): Question => {
      const { subject, action, resource } = { ...request, ...one };
      const member = idOf(subject?.id);
      return { member, capability: action?.name ?? "", own: resource?.properties?.ownerID === member };
    });
    const decisions = canMany(access, questions).map((effect) => ({ decision: effect === "allow" }));
    expect(decisions).toEqual(expected);
  });
});
