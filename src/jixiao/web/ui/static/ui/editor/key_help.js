// The keys, on the screen: F1, or ? where no text is being typed.

export class KeyHelp {
  constructor(editor) {
    this.editor = editor;
    this.dialog = document.getElementById("key-help");
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.dialog.querySelector("button").addEventListener("click", () => this.dialog.close());
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.closest && event.target.closest("textarea,input,select");
    if (event.key !== "F1" && (event.key !== "?" || typing)) return;
    event.preventDefault();
    this.open();
  }

  open() {
    const back = document.activeElement;
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.addEventListener("close", () => back && back.isConnected && back.focus(), { once: true });
  }
}
