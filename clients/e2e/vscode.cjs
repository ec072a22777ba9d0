// Run by vscode.sh. Does what an author does, waits for what an author sees, and takes a picture after each step.
const { chromium } = require("playwright-core");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const [port, workspace, shots, executablePath] = process.argv.slice(2);
const SLOW = Number(process.env.SLOW_MILLIS ?? 180_000); // for what needs the model
let failed = 0;
let done = 0;

async function main() {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1360, height: 860 },
    deviceScaleFactor: 1.5,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const text = () => page.evaluate(() => document.querySelector(".monaco-editor .view-lines")?.textContent ?? "");
  const step = async (name, act) => {
    if (failed > 1) return; // what follows would only wait in vain
    done += 1;
    try {
      const shown = await act();
      console.log(`ok      ${name}${shown ? `: ${shown}` : ""}`);
    } catch (e) {
      failed += 1;
      console.log(`FAILED  ${name}: ${String(e.message).split("\n")[0]}`);
    }
    await page.screenshot({ path: join(shots, `${String(done).padStart(2, "0")}-${name.replace(/\W+/g, "-")}.png`) }).catch(() => {});
  };
  const command = async (title) => {
    await page.keyboard.press("F1");
    await page.waitForSelector(".quick-input-widget input", { timeout: 10_000 });
    await page.keyboard.type(title, { delay: 10 });
    await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click({ timeout: 10_000 });
  };
  // Playwright's own hover and click scroll what they point at, which VS Code's editor does not expect.
  const point = async (content, right) => {
    const box = await line(content).first().boundingBox();
    await page.mouse.move(box.x + right - 3, box.y + box.height / 2);
    await page.mouse.move(box.x + right, box.y + box.height / 2);
  };
  const line = (content) => page.locator(".monaco-editor .view-line", { hasText: content });
  const seen = (pattern, timeout) =>
    page.waitForFunction((p) => new RegExp(p).test(document.querySelector(".monaco-editor")?.textContent.replace(/\u00a0/g, " ") ?? ""), pattern, { timeout });

  await step("workbench", async () => {
    for (let i = 0; ; i++) {
      try {
        await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
        break;
      } catch (e) {
        if (i > 60) throw e;
        await page.waitForTimeout(500);
      }
    }
    await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row", { timeout: 120_000 });
  });
  await step("open", async () => {
    const row = (name) => page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
    await row("few-shot").first().click({ timeout: 20_000 });
    await row("sentiment.prompt").dblclick({ timeout: 20_000 });
    await page.waitForSelector(".monaco-editor .view-line", { timeout: 30_000 });
  });
  await step("lenses", async () => {
    await page.waitForFunction(() => /tokens/.test([...document.querySelectorAll(".codelens-decoration")].map((l) => l.textContent).join(" ")), null, { timeout: SLOW });
    return (await page.locator(".codelens-decoration").allTextContents()).join("  ");
  });
  await step("every example", async () => {
    await command("promptls: Ask Every Example");
    await page.waitForFunction(() => (document.querySelector(".view-lines").textContent.match(/⇒/g) ?? []).length === 4, null, { timeout: SLOW });
    await page.waitForFunction(() => !/Previewing/.test(document.querySelector(".statusbar").textContent), null, { timeout: SLOW });
    return (await text()).match(/⇒.{0,20}/g)?.join(" ");
  });
  await step("hover", async () => {
    await point("wonderful", 490);
    await page.waitForSelector('.monaco-hover-content:has-text("of the prompt")', { timeout: 60_000 });
    await page.waitForTimeout(500); // for the fade
    return (await page.locator(".monaco-hover-content").first().textContent()).slice(0, 60);
  });
  await step("completion", async () => {
    await point("description", 300);
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("{{", { delay: 60 });
    await page.waitForSelector('.suggest-widget.visible .monaco-list-row:has-text("review")', { timeout: 30_000 });
    await page.keyboard.press("Escape");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Control+Z");
  });
  await step("run", async () => {
    await command("promptls: Run This Prompt");
    await seen("review\\}\\}\\s*⇒ (positive|negative)", SLOW);
  });
  await step("results", async () => {
    await command("promptls: Open Results");
    await page.waitForSelector('.tab:has-text("Preview")', { timeout: 30_000 });
    await page.waitForTimeout(2000); // its frame cannot be looked into from here
  });
  await step("ghost text", async () => {
    await command("View: Close Editor");
    await command("promptls: Clear Results");
    await point("description", 300);
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("The food was ", { delay: 60 });
    const ghost = page.locator(".ghost-text-decoration, .ghost-text").first();
    await ghost.waitFor({ timeout: SLOW });
    const box = await ghost.boundingBox();
    await page.screenshot({ path: join(shots, "ghost-text.png"), clip: { x: 350, y: Math.max(0, box.y - 110), width: 560, height: 160 } });
    return ghost.textContent();
  });
  // What else the palette offers
  const pick = async (title, choice) => {
    await command(title);
    await page.waitForFunction((t) => !document.querySelector(".quick-input-widget input")?.value.includes(t), title, { timeout: 30_000 });
    await page.keyboard.type(choice, { delay: 10 });
    await page.locator(".quick-input-list .monaco-list-row", { hasText: choice }).first().click({ timeout: 30_000 });
  };
  const tab = (name) => page.waitForSelector(`.tab:has-text("${name}")`, { timeout: SLOW });
  const notice = async (pattern) => {
    const shown = page.locator(".notification-list-item-message", { hasText: pattern }).first();
    await shown.waitFor({ timeout: SLOW });
    return shown.textContent();
  };
  await step("surprise", async () => {
    await command("Undo");
    await command("promptls: Show Where the Model Is Surprised");
    const said = await notice(/bits/);
    await page.locator(".notification-list-item", { hasText: "bits" }).getByText("Show Numbers").click({ timeout: 30_000 });
    await tab("surprisal");
    await page.waitForTimeout(1000);
    await command("View: Close Editor");
    return said;
  });
  await step("labels", async () => {
    await command("promptls: Find Out How Balanced the Labels Are");
    return notice(/comes last/);
  });
  await step("number of examples", async () => {
    await command("promptls: Find Out How Many Examples Are Worth It");
    return notice(/shown are as good|examples asked/);
  });
  await step("tokenizers", async () => {
    await command("promptls: Count with Other Tokenizers");
    return notice(/token/i);
  });
  await step("after all others", async () => {
    await command("promptls: Clear Results");
    await command("promptls: Ask Every Example After All Others");
    await page.waitForFunction(() => (document.querySelector(".view-lines").textContent.match(/⇒/g) ?? []).length === 4, null, { timeout: SLOW });
  });
  await step("what would be sent", async () => {
    await command("promptls: Show What Would Be Sent");
    await tab("Sent");
    await page.waitForTimeout(2000); // its frame cannot be looked into from here
  });
  await step("template", async () => {
    await command("View: Close Editor");
    await command("File: New Untitled Text File");
    await pick("Change Language Mode", "Dotprompt");
    await pick("promptls: Insert Template", "few-shot/translation");
    await seen("French|translat", 30_000);
    await command("View: Revert and Close Editor");
  });
  await step("model", async () => {
    await pick("promptls: Select Model", "smollm2-135m-instruct");
    await page.waitForTimeout(1000);
  });
  await step("conversion", async () => {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "sentiment.prompt" }).first().dblclick();
    await pick("promptls: Convert to Another Format", "prompty");
    await page.waitForSelector('.explorer-folders-view .monaco-list-row:has-text("sentiment.prompty")', { timeout: 30_000 });
  });
  await step("log", async () => {
    await command("promptls: Restart Server");
    await command("promptls: Show Log");
    await page.waitForTimeout(3000);
  });
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  console.log(`${done - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
