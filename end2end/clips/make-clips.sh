#!/usr/bin/env bash
# How the clips of this folder were made. They are in the repository: run this only to change them.
# Needs ffmpeg with libx264 and libx265, Chromium, and `npm ci` in end2end/. About 4 minutes.
#   demo/     sponsors' boards of our own, H.264 1280x720, 25 frames a second, some with AAC sound
#   refused/  files that an upload must refuse, each for another reason
set -euo pipefail
cd "$(dirname "$0")"

frames=$(mktemp -d)
trap 'rm -rf "$frames"' EXIT
encode() { ffmpeg -hide_banner -loglevel error -y "$@"; }

node draw-boards.js "$frames"
rm -f demo/* refused/*

# One line per board: name, tab, seconds, tab, an ffmpeg expression of its chord (empty: no sound).
# shellcheck disable=SC2016 # JavaScript expands them
boards() {
  node -e '
    for (const { name, seconds, notes } of require("./boards.json")) {
      const chord = notes.map((hertz) => `0.06*sin(${hertz}*2*PI*t)`).join("+");
      const faded = chord && `(${chord})*min(1\\,t*4)*min(1\\,(${seconds}-t)*2)`;
      console.log([name, seconds, faded].join("\t"));
    }'
}

boards | while IFS=$'\t' read -r name seconds chord; do
  sound=()
  if [ -n "$chord" ]; then
    sound=(-f lavfi -t "$seconds" -i "aevalsrc=$chord:s=44100" -c:a aac -b:a 48k -ac 1)
  fi
  encode -framerate 25 -i "$frames/$name/%04d.png" "${sound[@]}" \
    -c:v libx264 -preset veryslow -crf 30 -tune animation -pix_fmt yuv420p -profile:v high -level 4.0 \
    -g 50 -color_primaries bt709 -color_trc bt709 -colorspace bt709 -vf scale=out_color_matrix=bt709 \
    -metadata title="$name" -movflags +faststart "demo/$name.mp4" </dev/null
  encode -ss "$((seconds / 2))" -i "demo/$name.mp4" -frames:v 1 -vf scale=480:270 -q:v 5 \
    "demo/$name.jpg" </dev/null
done

# A text in a video's clothes.
printf 'Bonjour,\nveuillez trouver ci-joint la vidéo de notre boulangerie.\n' > "refused/texte.mp4"
# Nothing at all.
: > "refused/vide.mp4"
# The copy stopped on the way: the index is there, the pictures are not.
head -c 30000 "demo/Boulangerie Martin.mp4" > "refused/tronquee.mp4"
# The copy stopped on the way, and the index would have come last.
encode -i "demo/Boulangerie Martin.mp4" -c copy "$frames/index-last.mp4"
head -c 30000 "$frames/index-last.mp4" > "refused/tronquee-sans-index.mp4"
# What an iPhone films by default.
encode -f lavfi -i testsrc2=size=640x360:rate=25:duration=1 -c:v libx265 -crf 40 -x265-params log-level=none \
  -tag:v hvc1 -pix_fmt yuv420p "refused/iphone-hevc.mov"
# H.264, but sound that a player need not know.
encode -f lavfi -i testsrc2=size=640x360:rate=25:duration=1 -f lavfi -i sine=440:duration=1 \
  -c:v libx264 -crf 40 -pix_fmt yuv420p -c:a libmp3lame -b:a 32k -shortest "refused/son-mp3.mp4"
# H.264, but larger than a player can show.
encode -f lavfi -i color=0x2022e9:size=3840x2160:rate=25:duration=1 -c:v libx264 -crf 40 \
  -pix_fmt yuv420p "refused/4k.mp4"
# A Matroska file: another container.
encode -i "demo/Optique Armor.mp4" -t 1 -c copy -f matroska "refused/matroska.mp4"
# Sound alone.
encode -f lavfi -i sine=440:duration=1 -c:a aac -b:a 32k "refused/son-seul.mp4"

ls -l demo refused
