// Pictures of evidence: sent as soon as they are chosen, and a tool to blur parts of them, by mouse, finger or keyboard.
// Without this file pictures go along when the form is sent, and moderators blur what has to be.

const form = document.querySelector("form.report");
const input = form?.querySelector('input[name="pictures"]');
const STEP = 12;
const COARSE = 14;

const submit = (name, value) => {
  const button = document.createElement("button");
  button.type = "submit";
  button.name = name;
  button.value = value;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
};

const button = (name, words, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.dataset.action = name;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
};

const started = (picture) => (picture.naturalWidth ? Promise.resolve() : picture.decode());

// A frame over a picture, moved and sized by mouse, finger or keyboard; what is done with what is in it, others say.
class Framed {
  open(picture, { label, help }) {
    const { naturalWidth: width, naturalHeight: height } = picture;
    this.canvas = Object.assign(document.createElement("canvas"), { width, height, tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", label);
    this.context = this.canvas.getContext("2d");
    this.clean = document.createElement("canvas");
    Object.assign(this.clean, { width, height });
    this.pen = this.clean.getContext("2d", { willReadFrequently: true });
    this.pen.drawImage(picture, 0, 0);
    this.frame = { x: width * 0.1, y: height * 0.1, w: width * 0.4, h: height * 0.12 };
    this.help = document.createElement("p");
    this.help.className = "meta";
    this.help.setAttribute("role", "status");
    this.help.textContent = help;
    picture.replaceWith(this.canvas);
    this.canvas.after(this.help);
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
    this.draw();
  }

  draw() {
    this.context.drawImage(this.clean, 0, 0);
    const { x, y, w, h } = this.frame;
    this.context.lineWidth = Math.max(3, this.canvas.width / 300);
    this.context.strokeStyle = "#fff";
    this.context.strokeRect(x, y, w, h);
    this.context.setLineDash([12, 8]);
    this.context.strokeStyle = "#b00020";
    this.context.strokeRect(x, y, w, h);
    this.context.setLineDash([]);
  }

  press(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    if (event.key === "Enter") this.apply();
    else if (move) {
      const step = Math.max(4, this.canvas.width / 100);
      const [across, down] = move.map((way) => way * step);
      if (event.shiftKey) {
        this.frame.w = Math.max(STEP, this.frame.w + across);
        this.frame.h = Math.max(STEP, this.frame.h + down);
      } else {
        this.frame.x = Math.min(this.canvas.width - STEP, Math.max(0, this.frame.x + across));
        this.frame.y = Math.min(this.canvas.height - STEP, Math.max(0, this.frame.y + down));
      }
      this.draw();
    } else return;
    event.preventDefault();
  }

  drag(event) {
    const at = ({ clientX, clientY }) => {
      const box = this.canvas.getBoundingClientRect();
      const scale = this.canvas.width / box.width;
      return [(clientX - box.left) * scale, (clientY - box.top) * scale];
    };
    const [x, y] = at(event);
    this.canvas.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const [toX, toY] = at(moved);
      this.frame = { x: Math.min(x, toX), y: Math.min(y, toY), w: Math.abs(toX - x), h: Math.abs(toY - y) };
      this.draw();
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", () => this.canvas.removeEventListener("pointermove", move), { once: true });
    event.preventDefault();
  }
}

class Blur extends Framed {
  constructor(item) {
    super();
    this.picture = item.querySelector("img");
    this.id = this.picture.src.split("/").at(-2);
    this.opener = button("blur", "Blur a part", () => this.openOnce());
    item.querySelector(".actions").append(this.opener);
  }

  // A picture that has not arrived yet has no size, and a frame over nothing could not be reached.
  openOnce() {
    this.opening ??= started(this.picture).then(
      () => this.begin(),
      () => {
        this.opening = undefined;
        this.opener.textContent = "The picture did not arrive. Try again";
        this.picture.src = this.picture.src;
      },
    );
  }

  begin() {
    this.open(this.picture, {
      label: "Arrow keys move the frame, with Shift they change its size, Enter blurs what is in it.",
      help: "Drag over what nobody should read. By keyboard: arrows move the frame, Shift and arrows size it, Enter blurs.",
    });
    this.opener.replaceWith(
      button("apply", "Blur what is in the frame", () => this.apply()),
      button("keep", "Keep it blurred", () => this.save()),
    );
    this.canvas.focus();
  }

  // Squares of one colour: what is under them is not in the picture any more, which a soft blur would not promise.
  apply() {
    const { x, y, w, h } = this.frame;
    if (w < 2 || h < 2) return;
    const { pen } = this;
    const square = Math.max(8, Math.min(w, h) / 3, this.canvas.width / COARSE / 4);
    for (let row = y; row < y + h; row += square) {
      for (let column = x; column < x + w; column += square) {
        const across = Math.min(square, x + w - column);
        const down = Math.min(square, y + h - row);
        const [red, green, blue] = pen.getImageData(column + across / 2, row + down / 2, 1, 1).data;
        pen.fillStyle = `rgb(${red} ${green} ${blue})`;
        pen.fillRect(column, row, across, down);
      }
    }
    this.help.dataset.state = "blurred";
    this.help.textContent = "Blurred. Move on to the next part, or keep it.";
    this.draw();
  }

  save() {
    this.clean.toBlob((blob) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([blob], "blurred.png", { type: "image/png" }));
      input.files = chosen.files;
      submit("replaces", this.id);
    }, "image/png");
  }
}

// At the desk: each area that is chosen becomes a line of the form, and the server covers it.
class Cover extends Framed {
  constructor(place) {
    super();
    this.areas = document.querySelector('textarea[name="areas"]');
    this.open(place.querySelector("img"), {
      label: "Arrow keys move the frame, with Shift they change its size, Enter adds it to what is covered.",
      help: "Drag over what nobody should see. By keyboard: arrows move the frame, Shift and arrows size it, Enter adds it.",
    });
    const adds = document.createElement("p");
    adds.append(button("apply", "Add what is in the frame", () => this.apply()));
    place.after(this.help, adds);
    document.querySelector("[data-tens]")?.remove();
  }

  apply() {
    const { x, y, w, h } = this.frame;
    const { width, height } = this.canvas;
    const percent = (part, whole) => Math.min(100, Math.max(0, (100 * part) / whole)).toFixed(2);
    const line = [percent(x, width), percent(y, height), percent(x + w, width), percent(y + h, height)].join(" ");
    this.areas.value = `${this.areas.value.trimEnd()}\n${line}`.trimStart();
    this.pen.fillStyle = "rgb(128 128 128)";
    this.pen.fillRect(x, y, w, h);
    this.help.textContent = "Added below. Move on to the next part, or cover them.";
    this.draw();
  }
}

for (const place of document.querySelectorAll("[data-cover]")) {
  if (document.querySelector('textarea[name="areas"]')) {
    started(place.querySelector("img")).then(() => new Cover(place), () => {});
  }
}

if (input) {
  for (const item of form.querySelectorAll("[data-picture]")) new Blur(item);
  input.addEventListener("change", () => {
    if (input.files.length) submit("act", "attach");
  });
}
