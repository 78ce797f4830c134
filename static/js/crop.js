// Draws the part of a picture that is kept, with the pointer or the keyboard; the form's numbers are the truth.
const NAMES = ["left", "top", "right", "bottom"], STEP = 2, SMALLEST = 4;
const place = document.querySelector("[data-crop]");
const boxes = NAMES.map((name) => document.querySelector(`input[name="${name}"]`));

if (place && boxes.every(Boolean)) {
  const frame = place.querySelector("[data-crop-box]");
  const hint = document.querySelector("[data-crop-hint]");
  const within = (value) => Math.min(100, Math.max(0, value));
  const read = () => boxes.map((box, index) => {
    const value = Number.parseFloat(box.value);
    return Number.isFinite(value) ? within(value) : index < 2 ? 0 : 100;
  });
  const draw = () => {
    const [left, top, right, bottom] = read();
    frame.style.left = `${left}%`;
    frame.style.top = `${top}%`;
    frame.style.width = `${Math.max(0, right - left)}%`;
    frame.style.height = `${Math.max(0, bottom - top)}%`;
  };
  const write = (edges) => {
    edges.forEach((edge, index) => { boxes[index].value = String(Math.round(within(edge) * 10) / 10); });
    boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  };
  const at = (event) => {
    const area = place.getBoundingClientRect();
    return [within(((event.clientX - area.left) / area.width) * 100), within(((event.clientY - area.top) / area.height) * 100)];
  };

  let from = null;
  place.addEventListener("pointerdown", (event) => {
    from = at(event);
    place.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  place.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = at(event);
    const edges = [Math.min(from[0], x), Math.min(from[1], y), Math.max(from[0], x), Math.max(from[1], y)];
    if (edges[2] - edges[0] >= SMALLEST && edges[3] - edges[1] >= SMALLEST) write(edges);
  });
  for (const end of ["pointerup", "pointercancel"]) place.addEventListener(end, () => { from = null; });

  const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  frame.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const [left, top, right, bottom] = read();
    if (event.shiftKey) {
      write([left, top, Math.max(left + SMALLEST, right + move[0]), Math.max(top + SMALLEST, bottom + move[1])]);
      return;
    }
    const x = Math.min(100 - right, Math.max(-left, move[0])), y = Math.min(100 - bottom, Math.max(-top, move[1]));
    write([left + x, top + y, right + x, bottom + y]);
  });
  for (const box of boxes) box.addEventListener("input", draw);
  frame.hidden = false;
  if (hint) hint.hidden = false;
  draw();
}
