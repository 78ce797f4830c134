// Number keys while a theme has the focus: 1, 2 and 3 choose, and the next theme follows.
// Without this script, and besides it, the radios work as radios do.
const groups = [...document.querySelectorAll("[data-theme]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const group = event.target.closest("[data-theme]");
  const choice = group && group.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
  if (!choice || choice.disabled) return;
  event.preventDefault();
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  const next = groups[groups.indexOf(group) + 1];
  const first = next && (next.querySelector("input:checked") || next.querySelector("input"));
  (first || choice).focus();
});
