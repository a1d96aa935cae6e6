// node scripts/doc-snippets.mjs
// Turns the ```ts fences of README.md, CHANGELOG.md and docs/**/*.md into tests, one per page, under
// test/.snippets: the documentation is type-checked and run.
//
// - The fences of a page run in order, in an empty folder that is deleted afterwards.
// - Each fence has a scope of its own; ```ts continue goes on in the scope of the fence before it.
// - `expr; // => value` asserts that the expression equals the value, which is a JavaScript expression. So do
//   `const name = expr; // => value` and `console.log(expr); // => value`. A long value may stand on the line below,
//   and go on over lines that start with `//` and three spaces. With `...` in it, it is for readers only.
// - ```ts no-run is only type-checked: for what cannot run in a test. Keep it rare.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "test/.snippets");

const EXPECTED = /^[ \t;]*(?:\n[ \t]*)?\/\/ =>[ \t]*(.*(?:\n[ \t]*\/\/ {3}.*)*)/;

const counts = { fences: 0, notRun: 0, assertions: 0 };
const tests = [];
for (const page of pagesOf()) {
  const fences = fencesOf(page);
  if (fences.length > 0) tests.push({ page, text: testOf(page, fences) });
}

rmSync(target, { recursive: true, force: true });
for (const { page, text } of tests) {
  const file = join(target, page.replace(/\.md$/, ".test.ts"));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
console.log(
  `Snippets: ${counts.fences} on ${tests.length} pages, ${counts.assertions} assertions, ` +
    `${counts.notRun} only type-checked.`,
);

function pagesOf() {
  const docs = existsSync(join(root, "docs")) ? readdirSync(join(root, "docs"), { recursive: true }) : [];
  const pages = docs.map((file) => `docs/${file.replaceAll("\\", "/")}`).sort();
  return ["README.md", "CHANGELOG.md", ...pages].filter(
    (page) =>
      page.endsWith(".md") &&
      page !== "docs/errors.md" &&
      !page.startsWith("docs/api/") &&
      existsSync(join(root, page)),
  );
}

/** The ```ts fences of a page; `line` is where the code of each starts. */
function fencesOf(page) {
  const fences = [];
  let open;
  for (const [index, line] of readFileSync(join(root, page), "utf8").split(/\r?\n/).entries()) {
    if (!open) {
      const [, indent, ticks, info] = /^(\s*)(`{3,})([^`]*)$/.exec(line) ?? [];
      if (ticks) open = { indent, ticks, info: info.trim().split(/\s+/), page, line: index + 2, lines: [] };
    } else if (line.trim().startsWith(open.ticks)) {
      if (open.info[0] === "ts") fences.push(fenceOf(open));
      open = undefined;
    } else {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  return fences;
}

function fenceOf({ info: [, ...flags], page, line, lines }) {
  const fence = {
    page,
    line,
    code: lines.join("\n"),
    goesOn: flags.includes("continue"),
    noRun: flags.includes("no-run"),
  };
  const unknown = flags.find((flag) => flag !== "continue" && flag !== "no-run");
  if (unknown) fail(fence, 0, `"ts ${unknown}" is not known: there are "ts continue" and "ts no-run".`);
  return fence;
}

function testOf(page, fences) {
  const imports = new Map();
  for (const name of ["afterAll", "beforeAll", "test"]) imports.set(name, { from: "vitest", name });
  const scopes = [];
  for (const fence of fences) {
    let scope = fence.goesOn ? scopes.at(-1) : undefined;
    if (!scope) {
      if (fence.goesOn) fail(fence, 0, "there is no fence before this one to go on from.");
      scope = { noRun: fence.noRun, chunks: [] };
      scopes.push(scope);
    }
    const noRun = fence.noRun || scope.noRun;
    const { code, assertions } = translate(fence, imports);
    counts.fences++;
    if (noRun) counts.notRun++;
    else counts.assertions += assertions;
    const chunk = `// ${page}:${fence.line}\n${code}`;
    scope.chunks.push(fence.noRun && !scope.noRun ? neverCalled(chunk) : chunk);
  }
  const blocks = scopes.map(({ noRun, chunks }) => {
    const code = chunks.join("\n");
    return noRun ? neverCalled(code) : `{\n${code}\n}`;
  });
  // Pages print; tests must not.
  const quiet = blocks.some((block) => block.includes("console.log"))
    ? "\nconst console = { ...globalThis.console, log: (..._values: unknown[]): void => {} };\n"
    : "";
  return `// Made from ${page} by scripts/doc-snippets.mjs.
import * as $fs from "node:fs";
import * as $os from "node:os";
import * as $path from "node:path";
${importLines(imports).join("\n")}
${quiet}
const $home = process.cwd();
const $folder = $fs.mkdtempSync($path.join($os.tmpdir(), "chat-spaces-docs-"));
beforeAll(() => process.chdir($folder));
afterAll(() => {
  process.chdir($home);
  $fs.rmSync($folder, { recursive: true, force: true });
});

test(${JSON.stringify(page)}, { timeout: 20_000 }, async () => {
${blocks.join("\n")}
});
`;
}

function neverCalled(code) {
  return `void (async () => {\n${code}\n});`;
}

/** The code of a fence for use inside a function: imports taken out, comments with values made assertions. */
function translate(fence, imports) {
  const { code } = fence;
  const file = parse(`${code}\nexport {};`);
  const [mistake] = file.parseDiagnostics;
  if (mistake) fail(fence, mistake.start, ts.flattenDiagnosticMessageText(mistake.messageText, " "));

  const edits = [];
  const used = [];
  let asserted = 0;
  let skipped = 0;
  for (const statement of file.statements.slice(0, -1)) {
    const start = statement.getStart(file);
    if (ts.isImportDeclaration(statement)) {
      collect(fence, statement, imports);
      edits.push({ start, end: statement.end, text: "" });
      continue;
    }
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) {
      fail(
        fence,
        start,
        "an export of its own cannot be run inside a test: use `export` before a declaration.",
      );
    }
    for (const modifier of statement.modifiers ?? []) {
      if (modifier.kind !== ts.SyntaxKind.ExportKeyword) continue;
      edits.push({ start: modifier.getStart(file), end: modifier.end, text: "" });
    }
    used.push(...usesOf(statement));

    const [comment, written] = EXPECTED.exec(code.slice(statement.end)) ?? [];
    if (comment === undefined) continue;
    const value = written.replaceAll(/\n[ \t]*\/\//g, "\n").trim();
    if (value.includes("...")) {
      skipped++;
      continue;
    }
    if (value === "" || parse(`(${value});`).parseDiagnostics.length > 0) {
      fail(
        fence,
        start,
        `"${value}" is not a JavaScript expression. With ... in it, it would not be checked.`,
      );
    }
    const end = statement.end + comment.length;
    const subject = subjectOf(statement);
    if (!subject) fail(fence, start, "a value can follow an expression or one `const`, nothing else.");
    asserted++;
    const text = `expect(${subject.getText(file)}).toEqual(${value});`;
    if (ts.isExpressionStatement(statement)) edits.push({ start, end, text });
    else edits.push({ start: statement.end, end, text: `\n${text}` });
  }
  if (asserted > 0) imports.set("expect", { from: "vitest", name: "expect" });
  const written = code.match(/\/\/ =>/g)?.length ?? 0;
  if (written > asserted + skipped) {
    fail(
      fence,
      0,
      "a `// =>` stands where it is not checked: it has to follow a statement of the fence itself.",
    );
  }

  let text = code;
  for (const { start, end, text: replacement } of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + replacement + text.slice(end);
  }
  return { code: [text.trim(), ...used].join("\n"), assertions: asserted };
}

/** What a comment with a value is about. */
function subjectOf(statement) {
  if (ts.isVariableStatement(statement)) {
    const [declaration, ...others] = statement.declarationList.declarations;
    return others.length === 0 && ts.isIdentifier(declaration.name) ? declaration.name : undefined;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const isLog = ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
  return isLog && expression.arguments.length === 1 ? expression.arguments[0] : expression;
}

/** Statements that use what a statement declares: a page may show a name without using it. */
function usesOf(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .flatMap(({ name }) => namesIn(name))
      .map((name) => `void ${name};`);
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [`void ${statement.name.text};`] : [];
  }
  if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
    return statement.typeParameters ? [] : [`void (0 as unknown as ${statement.name.text});`];
  }
  return [];
}

function namesIn(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.filter(ts.isBindingElement).flatMap((element) => namesIn(element.name));
}

/** Adds the names that an import brings to those of the page, and insists that they mean the same everywhere. */
function collect(fence, statement, imports) {
  const from = statement.moduleSpecifier.text;
  const clause = statement.importClause;
  const bound = [];
  if (!clause) bound.push([`"${from}"`, "", false]);
  if (clause?.name) bound.push([clause.name.text, "default", clause.isTypeOnly]);
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) bound.push([bindings.name.text, "*", clause.isTypeOnly]);
  if (bindings && ts.isNamedImports(bindings)) {
    for (const { name, propertyName, isTypeOnly } of bindings.elements) {
      bound.push([name.text, (propertyName ?? name).text, isTypeOnly || clause.isTypeOnly]);
    }
  }
  for (const [local, name, isType] of bound) {
    const known = imports.get(local);
    if (known && (known.from !== from || known.name !== name)) {
      fail(fence, 0, `${local} comes from "${from}" here, and from "${known.from}" earlier on the page.`);
    }
    imports.set(local, { from, name, isType: isType && (known?.isType ?? true) });
  }
}

function importLines(imports) {
  const named = new Map();
  const lines = [];
  for (const [local, { from, name, isType }] of imports) {
    const type = isType ? "type " : "";
    if (name === "") lines.push(`import ${local};`);
    else if (name === "*") lines.push(`import ${type}* as ${local} from "${from}";`);
    else {
      const binding = `${type}${name === local ? local : `${name} as ${local}`}`;
      named.set(from, [...(named.get(from) ?? []), binding]);
    }
  }
  for (const [from, bindings] of named)
    lines.push(`import { ${bindings.sort().join(", ")} } from "${from}";`);
  return lines.sort();
}

function parse(code) {
  return ts.createSourceFile("snippet.ts", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function fail({ page, line, code }, position, message) {
  const at = line + code.slice(0, position).split("\n").length - 1;
  console.error(`${page}:${at}: ${message}`);
  process.exit(1);
}
