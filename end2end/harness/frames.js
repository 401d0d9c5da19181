// What really comes out of the TV's browser: its frames, and their colours.

// Records frames of a page until `stop`, which returns them as data URLs, oldest first.
export async function record(page, { quality = 40 } = {}) {
  const session = await page.context().newCDPSession(page);
  const frames = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    frames.push(`data:image/jpeg;base64,${data}`);
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
  });
  await session.send("Page.startScreencast", { format: "jpeg", quality, maxWidth: 320, maxHeight: 180 });
  return {
    async stop() {
      await session.send("Page.stopScreencast");
      await session.detach();
      return frames;
    },
  };
}

export async function shot(page) {
  const png = await page.screenshot();
  return `data:image/png;base64,${png.toString("base64")}`;
}

// The colours [red, green, blue] of pictures at places given as parts of width and height. `page` is
// any page: its browser decodes them.
export function colours(page, pictures, places) {
  return page.evaluate(
    async ([addresses, spots]) => {
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d", { willReadFrequently: true });
      const found = [];
      for (const address of addresses) {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
        context.drawImage(picture, 0, 0);
        const at = ([x, y]) => [...context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data];
        found.push(spots.map((spot) => at(spot).slice(0, 3)));
      }
      return found;
    },
    [pictures, places],
  );
}
