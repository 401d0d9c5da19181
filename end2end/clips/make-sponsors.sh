#!/usr/bin/env bash
# How the files of sponsors/ were made: small ones, each of a kind that sponsors really send.
# They are in the repository: run this only to change them. Needs ffmpeg with libx264 and libx265, and
# Python with Pillow.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p sponsors
rm -f sponsors/*
encode() { ffmpeg -hide_banner -loglevel error -y "$@"; }
x264=(-c:v libx264 -preset veryslow -crf 45 -pix_fmt yuv420p)
board() { echo "color=0x2022e9:size=$1:rate=$2:duration=$3"; }
tone=(-f lavfi -i "sine=440:duration=1:sample_rate=44100")
aac=(-c:a aac -b:a 24k -ac 1)

# What an iPhone films by default: HEVC with 10 bits.
encode -f lavfi -i "$(board 1920x1080 30 1)" "${tone[@]}" -c:v libx265 -crf 45 -x265-params log-level=none \
  -tag:v hvc1 -pix_fmt yuv420p10le "${aac[@]}" "sponsors/iphone-hevc.mov"
# The same after « Le plus compatible »: H.264, with the track of time codes that editors write too.
encode -f lavfi -i "$(board 1920x1080 30 1)" "${tone[@]}" "${x264[@]}" "${aac[@]}" -timecode 01:00:00:00 \
  "sponsors/iphone-h264.mov"
encode -f lavfi -i "$(board 3840x2160 25 1)" "${x264[@]}" "sponsors/4k.mp4"
# A phone held upright: lying pictures, turned by the matrix.
encode -f lavfi -i "$(board 1920x1080 30 1)" "${x264[@]}" "sponsors/lying.mp4"
encode -i "sponsors/lying.mp4" -c copy -metadata:s:v rotate=90 "sponsors/portrait.mp4"
rm "sponsors/lying.mp4"
encode -f lavfi -i "$(board 1920x1080 50 1)" "${x264[@]}" "sponsors/50-images.mp4"
# A recorded screen: frames only when something moves.
encode -f lavfi -i "testsrc2=size=640x360:rate=30:duration=3" -vf "select='not(mod(n,7))+lt(n,12)'" -vsync vfr \
  "${x264[@]}" "sponsors/cadence-variable.mp4"
encode -f lavfi -i "testsrc2=size=1280x720:rate=25:duration=1" "${x264[@]}" "sponsors/sans-son.mp4"
# From studios: colours and depths that a Raspberry Pi does not decode.
encode -f lavfi -i "$(board 1280x720 25 1)" -c:v libx264 -crf 45 -pix_fmt yuv444p "sponsors/studio-444.mp4"
encode -f lavfi -i "$(board 1280x720 25 1)" -c:v libx264 -crf 45 -pix_fmt yuv420p10le "sponsors/studio-10-bits.mp4"
encode -f lavfi -i "$(board 320x180 25 0.2)" -c:v prores_ks -profile:v 0 "sponsors/studio-prores.mov"
encode -f lavfi -i "testsrc2=size=1280x720:rate=1:duration=1" -frames:v 1 -q:v 12 "sponsors/photo.jpg"
encode -f lavfi -i "color=0x2022e9@0.5:size=400x200:rate=1:duration=1,format=rgba" -frames:v 1 "sponsors/logo.png"
# A logo that moves, as social networks take it.
encode -f lavfi -i "testsrc2=size=120x60:rate=2:duration=1" -f apng -plays 0 "sponsors/logo-anime.png"
# Photos as phones, cameras, web sites and printers store them: lying with a note to turn it, and
# progressive, and in four inks.
python3 - <<'PYTHON'
from PIL import Image

photo = Image.open("sponsors/photo.jpg").resize((320, 180))
turned = Image.Exif()
turned[0x0112] = 6
photo.save("sponsors/photo-tournee.jpg", quality=40, exif=turned)
photo.save("sponsors/photo-progressive.jpg", quality=40, progressive=True, subsampling="4:2:0")
photo.convert("CMYK").save("sponsors/affiche-cmjn.jpg", quality=40)
PYTHON
# The club's film of the season: two hours.
encode -f lavfi -i "$(board 320x180 0.5 7200)" -c:v libx264 -preset veryslow -crf 51 -pix_fmt yuv420p -bf 0 -g 3600 \
  "sponsors/deux-heures.mp4"

ls -l sponsors
du -bs sponsors
