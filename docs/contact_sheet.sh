#!/usr/bin/env bash
# Renders twenty-five documents of the worlds in specs/ to one small picture, for eyes: docs/contact_sheet.jpg.
#   docs/contact_sheet.sh [PROGRAM]      by default the release build; needs LibreOffice, pdftoppm and ImageMagick
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/worldc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for world in fpa_march site_manager; do "$program" build "specs/$world.world" --seed 7 --out "$work/$world" >/dev/null; done

# What is shown: world, name with * for what a seed decides, page.
shown=(
  "fpa_march|Close memo 2025-09.docx|1" "fpa_march|Cost review 2026-01 *.docx|1" "fpa_march|Q3 2025 in review.docx|1" "fpa_march|Board pack Q2.pptx|1"
  "fpa_march|Board pack Q2.pptx|3" "fpa_march|Board pack Q2.pptx|10" "fpa_march|Budget 2026 FINAL.xlsx|2" "fpa_march|GL 2025-04.xlsx|1"
  "fpa_march|Travel policy.pdf|1" "fpa_march|How the budget was built.docx|1" "site_manager|Progress 2025-09.pptx|1" "site_manager|Progress 2025-09.pptx|4"
  "site_manager|Progress 2025-09.pptx|5" "site_manager|2025-10-14 Minutes.docx|1" "site_manager|Site diary 2025-0[4-8] *.docx|1" "site_manager|Cost report 2025-09 DRAFT.xlsx|2"
  "site_manager|HS-PRG-2026-01.xlsx|1" "site_manager|Delivery note *.pdf|1" "site_manager|VO-*signed.pdf|1" "site_manager|IMG_20260213_1.jpg|1"
  "fpa_march|Screenshot 2026-02-19*.png|1" "fpa_march|Screenshot 2026-01-20*.png|1" "site_manager|Screenshot 2025-10-07*.png|1" "site_manager|Screenshot 2026-01-22*.png|1" "site_manager|IMG_20260213_2.jpg|1"
)
mkdir "$work/tiles"
for index in "${!shown[@]}"; do
  IFS='|' read -r world name page <<<"${shown[$index]}"
  file=$(find "$work/$world/disk" -name "$name" | sort | head -n 1)
  tile=$work/tiles/$(printf %02d "$index")
  [ -n "$file" ] || { echo "$world has no $name" >&2; exit 1; }
  case $file in
    *.jpg | *.png) cp "$file" "$tile.png" ;;
    *.pdf) pdftoppm -r 50 -f "$page" -l "$page" -singlefile -png "$file" "$tile" ;;
    *)
      cp "$file" "$tile.${file##*.}"
      [ -e "$tile.pdf" ] || HOME=$work soffice --headless --convert-to pdf --outdir "$work/tiles" "$tile.${file##*.}" >/dev/null 2>&1
      pdftoppm -r 50 -f "$page" -l "$page" -singlefile -png "$tile.pdf" "$tile"
      ;;
  esac
done
montage "$work"/tiles/*.png -resize 260x260 -background '#e8e8e8' -geometry +8+8 -tile 5x -quality 72 docs/contact_sheet.jpg
ls -l docs/contact_sheet.jpg
