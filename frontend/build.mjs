// Compiles the stylesheet and the component scripts into static/build/.
//
// Fails, rather than ships, when the output would break hashed static files or our promises:
// a sourceMappingURL, a url() without its file, a trace of the GDS Transport font, a crown or a crest.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, "node_modules");
const out = path.join(here, "..", "static", "build");
const forbidden = [/sourceMappingURL/, /GDS Transport/i, /crown/i, /crest/i, /@import/];

async function stylesheet() {
  const { css } = sass.compile(path.join(here, "scss", "harbour.scss"), {
    loadPaths: [here],
    style: "compressed",
    charset: false,
    quietDeps: true,
  });
  await write("harbour.css", css);
}

async function scripts() {
  const result = await build({
    entryPoints: [path.join(here, "js", "components.mjs")],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2020",
    legalComments: "none",
    write: false,
  });
  await write("components.js", result.outputFiles[0].text);
}

async function images() {
  const source = path.join(modules, "@ministryofjustice/frontend/moj/assets/images");
  const css = await readFile(path.join(out, "harbour.css"), "utf8");
  for (const [, name] of css.matchAll(/url\(["']?images\/([\w.-]+)["']?\)/g)) {
    await mkdir(path.join(out, "images"), { recursive: true });
    await copyFile(path.join(source, name), path.join(out, "images", name));
  }
  for (const [whole, target] of css.matchAll(/url\(["']?([^"')]+)["']?\)/g)) {
    if (!existsSync(path.join(out, target))) throw new Error(`harbour.css points at a missing file: ${whole}`);
  }
}

async function licences() {
  const lines = await Promise.all(["govuk-frontend", "@ministryofjustice/frontend"].map(async (name) => {
    const { version } = JSON.parse(await readFile(path.join(modules, name, "package.json"), "utf8"));
    return `${name} ${version}`;
  }));
  const notice = await readFile(path.join(here, "LICENCES.txt"), "utf8");
  await writeFile(path.join(out, "LICENCES.txt"), `Compiled from ${lines.join(" and ")}.\n\n${notice}`);
}

async function write(name, text) {
  const found = forbidden.find((pattern) => pattern.test(text));
  if (found) throw new Error(`${name} contains ${found}`);
  await writeFile(path.join(out, name), text.trimEnd() + "\n");
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await stylesheet();
await scripts();
await images();
await licences();
