// Files of a drop: those of dropped folders too, each with its name within the folder.

export async function foldered(data) {
  const entries = [...data.items].map((one) => (one.webkitGetAsEntry ? one.webkitGetAsEntry() : null)).filter(Boolean);
  if (!entries.length) return [...data.files].map((file) => ({ file, path: file.name }));
  const found = await Promise.all(entries.map(within));
  return found.flat();
}

async function within(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, path: entry.fullPath.replace(/^\//, "") }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([]))); // a hundred at a time
    if (!some.length) return found;
    for (const one of some) found.push(...(await within(one)));
  }
}
