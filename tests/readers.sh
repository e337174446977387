#!/usr/bin/env bash
# Every open file of both worlds, through readers that share no code with worldc: python-docx, openpyxl, pypdf, MIME and
# iCalendar parsers, and LibreOffice where it is installed.
#   tests/readers.sh [PROGRAM]      by default the release build
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-target/release/worldc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for world in hello fpa_march; do
  "$program" build "specs/$world.world" --seed 7 --out "$work/$world" >/dev/null
done
find "$work" \( -path '*/disk/*' -o -path '*/mail/*' \) -type f -size +0 -print0 | sort -z >"$work/files"
xargs -0 "${PYTHON:-python3}" tests/readers/check_files.py <"$work/files"
echo "$(tr -cd '\0' <"$work/files" | wc -c) files open"

office=$(command -v soffice || command -v libreoffice || true)
if [ -n "$office" ]; then
  mkdir "$work/pdf"
  mapfile -d '' -t documents < <(find "$work" -path '*/disk/*' \( -name '*.docx' -o -name '*.xlsx' \) -print0 | sort -z)
  # Names repeat across folders, and the office suite writes into one: each gets a number.
  mkdir "$work/numbered"
  for index in "${!documents[@]}"; do cp "${documents[$index]}" "$work/numbered/$index.${documents[$index]##*.}"; done
  HOME=$work "$office" --headless --convert-to pdf --outdir "$work/pdf" "$work"/numbered/* >"$work/log" 2>&1
  made=$(find "$work/pdf" -name '*.pdf' | wc -l)
  echo "$made of ${#documents[@]} documents converted"
  [ "$made" = "${#documents[@]}" ] || { grep -i error "$work/log"; exit 1; }
fi
