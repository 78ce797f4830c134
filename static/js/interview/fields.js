// A question on the page, at a desk and on a phone: reading it, filling it, and showing both sides of a conflict.
const parts = (element) => ({
  words: element.querySelector("textarea"),
  radios: [...element.querySelectorAll("input[type=radio]")],
  boxes: [...element.querySelectorAll("input[type=checkbox]")],
});

export function read(element) {
  const { words, radios, boxes } = parts(element);
  return {
    words: words?.value ?? "",
    choice: radios.find((one) => one.checked)?.value ?? "",
    codes: boxes.filter((one) => one.checked).map((one) => one.value),
  };
}

export function fill(element, { words, choice, codes }) {
  const found = parts(element);
  if (found.words) found.words.value = words;
  for (const one of found.radios) one.checked = one.value === choice;
  for (const one of found.boxes) one.checked = codes.includes(one.value);
}

const labelOf = (element, name) =>
  element.querySelector(`input[value="${CSS.escape(name)}"] + label`)?.textContent.trim() ?? name;

export function inWords(element, { words, choice, codes }) {
  const said = [choice && labelOf(element, choice), words, codes.map((code) => labelOf(element, code)).join(", ")];
  return said.filter(Boolean).join("\n") || "Nothing";
}

const paragraph = (className, words) => {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = words;
  return made;
};

// Shows what was saved elsewhere beside what stands here, with a button for each way out.
export function showConflict(element, theirs, ways) {
  const place = element.querySelector("[data-part=conflict]");
  const inset = document.createElement("div");
  inset.className = "govuk-inset-text";
  inset.append(
    paragraph("govuk-body govuk-!-font-weight-bold", "Saved elsewhere while you were writing:"),
    paragraph("govuk-body hb-said", inWords(element, theirs)),
    paragraph("govuk-body", "Yours stands above. Change it if you like, then choose what is to stand."),
  );
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  for (const [label, choose] of ways) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    button.addEventListener("click", choose);
    group.append(button);
  }
  inset.append(group);
  place.replaceChildren(inset);
  place.hidden = false;
  place.setAttribute("role", "alert");
}

export function hideConflict(element) {
  const place = element.querySelector("[data-part=conflict]");
  place.replaceChildren();
  place.hidden = true;
}
