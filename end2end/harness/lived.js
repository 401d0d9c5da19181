// A system that has been lived in: 27 sites, 148 videos, 14 days of plays, one dead site, a club
// whose name has 60 letters. Everything comes in by the public doors, as it would in a season.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

import { signedIn } from "./rest.js";
import { ADMIN } from "./server.js";
import { wirePlayer } from "./wire.js";

const SITES = 27;
const VIDEOS = 148;
const DAYS = 14;
const PLAYS_A_DAY = 120;
const LOOP = 9;
const REPORT_MS = 15_000;

const PLACES = [
  ["Gymnase de la Vallée", "US Cesson", "Cesson-Sévigné"],
  ["Salle Jean-Moulin", "HBC Combourg", "Combourg"],
  ["Palais des sports", "Brest Bretagne Handball", "Brest"],
  ["Halle Armor", "Lorient Volley", "Lorient"],
  ["Complexe Auguste-Delaune", "Union sportive et athlétique de Saint-Aubin-des-Landes Basket", "Saint-Aubin-des-Landes"],
  ["Salle du Port", "Saint-Malo Rink", "Saint-Malo"],
  ["Stade Guy-Piriou", "US Concarnoise", "Concarneau"],
  ["Le Liberté", "Rennes Métropole Badminton", "Rennes"],
  ["Gymnase Kerjestin", "Quimper Volley 29", "Quimper"],
];
const SPONSORS = ["Optique Armor", "Crédit de l’Ouest", "Garage Le Goff", "Boulangerie Martin", "Assur’Sport", "Brasserie du Port", "Maison Kermarrec", "Pharmacie de la Gare", "Menuiserie Le Bihan", "Auto-école du Centre", "Celtic Peinture", "Transports Guillou"];
const MOMENTS = ["saison 2026", "avant-match", "mi-temps", "derby", "Noël", "rentrée", "tournoi jeunes"];

const folder = new URL("../clips/demo/", import.meta.url);
const clips = readdirSync(folder)
  .filter((name) => name.endsWith(".mp4"))
  .map((name) => ({
    bytes: readFileSync(new URL(encodeURIComponent(name), folder)),
    jpeg: readFileSync(new URL(encodeURIComponent(name.replace(/mp4$/, "jpg")), folder)),
  }));

// The same pictures in a file of its own: a `free` box at the end, which players pass over.
function another(bytes) {
  const box = Buffer.alloc(24);
  box.writeUInt32BE(24, 0);
  box.write("free", 4);
  randomBytes(16).copy(box, 8);
  return Buffer.concat([bytes, box]);
}

// At most `width` at a time.
async function each(items, width, act) {
  const waiting = [...items.entries()];
  const results = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await act(next[1], next[0]);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}

async function addVideo(api, index) {
  const clip = clips[index % clips.length];
  const name = `${SPONSORS[index % SPONSORS.length]} – ${MOMENTS[index % MOMENTS.length]} ${1 + Math.floor(index / SPONSORS.length)}.mp4`;
  const bytes = another(clip.bytes);
  const { video } = await api.upload(name, bytes);
  await api.setThumbnail(video.id, clip.jpeg);
  return { ...video, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function addSite(api, server, videos, index) {
  const [name, club, city] = PLACES[index % PLACES.length];
  const round = Math.floor(index / PLACES.length);
  const site = await api.post("/sites", { name: round ? `${name} ${round + 1}` : name, club, city });
  const loop = Array.from({ length: LOOP }, (_, place) => videos[(index * 5 + place * 7) % videos.length]);
  const ids = loop.map(({ id }) => id);
  await api.post(`/sites/${site.id}/configurations`, { videos: ids, comment: "Programme de la saison" });
  const player = wirePlayer(server);
  await api.post(`/sites/${site.id}/player`, { code: await player.enrol() });
  const { token } = await (await player.askToken()).json();
  return { id: site.id, loop, player, token, boot: randomUUID(), dead: index === 5 };
}

// Each day from nine in the morning; weekends have more, and every fortieth play is not complete.
function* playsOf({ loop, boot }, index) {
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const now = Date.now();
  let seq = 0;
  for (let day = DAYS - 1; day >= 0; day -= 1) {
    const start = midnight - day * 86_400_000 + 8 * 3_600_000;
    const weekend = [0, 6].includes(new Date(start).getUTCDay());
    const count = Math.round(PLAYS_A_DAY * (weekend ? 1.6 : 1) * (0.8 + ((index * 7 + day * 3) % 5) / 10));
    for (let number = 0; number < count; number += 1) {
      const at = start + number * (46_800_000 / count);
      if (at > now) return;
      const video = loop[seq % loop.length];
      seq += 1;
      const whole = seq % 40 !== 0;
      yield {
        id: randomUUID(),
        boot_id: boot,
        seq,
        video_id: video.id,
        sha256: video.sha256,
        configuration_version: 1,
        played_at: new Date(at).toISOString(),
        duration_ms: video.duration_ms,
        shown_ms: whole ? video.duration_ms : Math.floor(video.duration_ms / 2),
        outcome: whole ? "completed" : "skipped",
        clock: "synced",
      };
    }
  }
}

async function deliver(site, index) {
  const plays = [...playsOf(site, index)];
  for (let from = 0; from < plays.length; from += 500) {
    const body = { plays: plays.slice(from, from + 500) };
    const response = await site.player.send("POST", "/player/plays", { token: site.token, body });
    if (!response.ok) throw new Error(`plays: ${response.status} ${await response.text()}`);
  }
  return plays.length;
}

function report(site, index) {
  const video = site.loop[index % site.loop.length];
  const body = {
    boot_id: site.boot,
    player_version: "1.0.0",
    clock: "synced",
    configuration_version: 1,
    screen: { screen: index % 11 === 7 ? "off" : "playing", video_id: video.id, position_ms: 1200 },
    downloads: { files: LOOP, files_ready: LOOP, bytes: 9, bytes_ready: 9 },
  };
  return site.player.send("POST", "/player/report", { token: site.token, body });
}

// Fills an empty server; its players go on reporting until `stop`.
export async function liveIn(server) {
  const api = await signedIn(server, ADMIN);
  const videos = await each(Array.from({ length: VIDEOS }, (_, index) => index), 3, (index) => addVideo(api, index));
  // One after the other: a network may ask for few codes at a time.
  const sites = await each(Array.from({ length: SITES }, (_, index) => index), 1, (index) => addSite(api, server, videos, index));
  const counts = await each(sites, 2, deliver);
  await Promise.all(sites.map(report));
  const alive = sites.filter(({ dead }) => !dead);
  const beat = setInterval(() => Promise.all(alive.map(report)).catch(() => {}), REPORT_MS);
  return {
    sites,
    videos,
    plays: counts.reduce((sum, count) => sum + count, 0),
    stop: () => clearInterval(beat),
  };
}

