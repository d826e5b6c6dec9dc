"""Cross-validated figures (step 5 of README.md): every picture is judged with tables and a verifier
that were fitted without it. Prints a curve for each kind of picture, at the weights of fusion.json."""

import argparse
import subprocess

import cv2
import numpy as np

from fusing import read_fusion, sigmoid, verdict, without_nested
from judging import Judgement
from labelled import CLOSE_UP, folds, read_close_ups, read_sightings, read_truth
from make_clusters import SEARCHES, clusters_in, write_boxes

SIDE = 48  # Pixels; Verifier::framing.
SIDE_MIN = {"masks": 8, "scans": 8, "crowds": 16}
GREY_SIDE, COLOUR_MIN = 128, 2  # is_grey of finder.cc.
THRESHOLDS = [0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05]


def is_grey(path):
    picture = cv2.imread(path)
    scale = min(1.0, GREY_SIDE / max(picture.shape[:2]))
    size = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(float)
    return np.abs(small - small.mean(2, keepdims=True)).mean() < COLOUR_MIN


def side_of(boxes):
    return np.sqrt((boxes[:, 2:] - boxes[:, :2]).prod(1))


def looked_at(picture, rules):
    """Indices of the clusters whose first verdict is worth a close look."""
    first = verdict(rules["first"], picture["testimony"], side_of(picture["boxes"]), False, 0.0)
    return np.flatnonzero(sigmoid(first) >= rules["looked_at_min"])


def log_odds_of(network, close_ups):
    """The verifier's, mean of the close-ups and their mirror images."""
    first = (CLOSE_UP - SIDE) // 2
    part = close_ups[:, first : first + SIDE, first : first + SIDE].astype(np.float32) * (2 / 255) - 1
    total = 0
    for side in (1, -1):
        network.setInput(np.ascontiguousarray(part[:, :, ::side].transpose(0, 3, 1, 2)))
        total = total + network.forward().reshape(-1)
    return total / 2


def look_closely(pictures, options):
    """Adds the verifier's log odds, `seen`, to each picture."""
    # As train_verifier.py: the folds of all pictures that it was given.
    fold_of = folds([name for truth in options.trained_on for name in read_truth(truth)])
    for picture in pictures:
        picture["seen"] = np.zeros(len(picture["boxes"]))
    coloured = {p["name"]: p for p in pictures if not p["is_grey"] and len(p["shown"])}
    write_boxes(options.scratch + ".csv", coloured.values())
    subprocess.check_call([options.candidates, "close-ups", options.images, options.scratch + ".csv", options.scratch])
    networks = [cv2.dnn.readNetFromONNX(options.verifiers % fold) for fold in range(5)]
    for name, close_ups in read_close_ups(options.scratch):
        picture = coloured[name]
        picture["seen"][picture["shown"]] = log_odds_of(networks[fold_of[name]], close_ups)


def judge(pictures, truth, rules):
    judgements = {}
    for picture in pictures:
        shown, kind = picture["shown"], picture["name"].split("/")[0]
        boxes = picture["boxes"][shown]
        odds = verdict(rules["last"], picture["testimony"][shown], side_of(boxes), picture["is_grey"], picture["seen"][shown])
        order = np.argsort(-odds, kind="stable")
        order = order[without_nested(boxes[order])]
        judgement = judgements.setdefault(kind, Judgement())
        judgement.add(truth[picture["name"]], picture["size"], boxes[order], sigmoid(odds[order]), SIDE_MIN[kind])
    return judgements


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search", choices=SEARCHES, default="balanced")
    parser.add_argument("--fusion", default="training/fusion.json", help="whose weights are judged")
    parser.add_argument("--tables", required=True, help="fusion files with %%d for the fold left out")
    parser.add_argument("--verifiers", required=True, help=".onnx files with %%d for the fold left out")
    parser.add_argument("--trained-on", nargs="+", required=True, help="all truth files that the verifiers learnt from")
    parser.add_argument("--candidates", required=True, help="the program faceveil_candidates")
    parser.add_argument("--scratch", required=True, help="a file to write close-ups to")
    parser.add_argument("--at", default="1.6,0.5,2.5", help="false boxes a picture: masks, scans, crowds")
    parser.add_argument("sightings")
    parser.add_argument("images")
    parser.add_argument("truth")
    options = parser.parse_args()
    fusion = read_fusion(options.fusion)
    rules = fusion[options.search.replace("-", "_")]
    tables = [{**fusion, "calibrations": read_fusion(options.tables % i)["calibrations"]} for i in range(5)]
    truth = read_truth(options.truth)
    fold_of = folds(truth)
    pictures = []
    for name, size, sightings in read_sightings(options.sightings):
        lots = np.random.default_rng(0)
        picture = clusters_in(name, size, sightings, tables[fold_of[name]], SEARCHES[options.search], lots)
        picture.update(shown=looked_at(picture, rules), is_grey=is_grey(f"{options.images}/{name}"))
        pictures.append(picture)
    look_closely(pictures, options)
    judgements = judge(pictures, truth, rules)
    at = dict(zip(SIDE_MIN, (float(value) for value in options.at.split(","))))
    for kind, judgement in judgements.items():
        print(f"{kind}: hidden {judgement.hidden_at(at[kind]):.3f} at {at[kind]} false boxes a picture")
        for threshold in THRESHOLDS:
            print("  {:.2f}: {:.3f} / {:.2f}".format(threshold, *judgement.at(threshold)))


if __name__ == "__main__":
    main()
