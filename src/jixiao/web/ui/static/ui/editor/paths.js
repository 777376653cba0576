// Paths of fields in rows (`indicators[3].target`), and where they are after rows came or went.

const ROW = /^([a-z_.]+)\[(\d+)(\+?)\](?:\.(.+))?$/;

export function parsed(path) {
  const found = ROW.exec(path);
  return found && { block: found[1], at: Number(found[2]), before: found[3] === "+", field: found[4] || "" };
}

/** The path after these operations; null where its row was taken out. */
export function moved(path, operations) {
  const found = parsed(path);
  if (!found) return path;
  let at = found.at;
  for (const one of operations) {
    if (one.block !== found.block) continue;
    if (one.type === "insert" && at >= one.at) at += 1;
    else if (one.type === "remove") {
      if (at === one.at) return null;
      if (at > one.at) at -= 1;
    } else if (one.type === "move") {
      if (at === one.at) at = one.to;
      else if (one.at < at && at <= one.to) at -= 1;
      else if (one.to <= at && at < one.at) at += 1;
    }
  }
  return `${found.block}[${at}]${found.field ? `.${found.field}` : ""}`;
}
