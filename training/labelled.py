"""Labelled pictures and the records of faceveil_candidates, for the programs beside this file."""

import csv
import pickle
import random

import numpy as np

CLOSE_UP = 72  # Pixels; training_framing of candidates.cc.


def read_truth(path):
    """{picture: faces as x1, y1, x2, y2} of a CSV file image,x1,y1,x2,y2."""
    faces = {}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            boxes = faces.setdefault(row["image"], [])
            if row["x1"]:
                boxes.append([float(row[name]) for name in ("x1", "y1", "x2", "y2")])
    return {name: np.array(boxes, float).reshape(-1, 4) for name, boxes in faces.items()}


def overlap(a, b):
    """Intersection over union, len(a) x len(b)."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    area = lambda r: (r[:, 2:] - r[:, :2]).prod(1)
    return shared / np.maximum(area(a)[:, None] + area(b)[None] - shared, 1e-9)


def is_in_a_face(boxes, faces):
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    inside = (middle[:, None] >= faces[None, :, :2]) & (middle[:, None] <= faces[None, :, 2:])
    return inside.all(2).any(1) if len(faces) else np.zeros(len(boxes), bool)


def label(boxes, faces):
    """1 face, 0 none, -1 neither; and the index of the face."""
    if not len(faces):
        return np.zeros(len(boxes), int), np.zeros(len(boxes), int)
    shares = overlap(boxes, faces)
    best = shares.argmax(1)
    share = shares[np.arange(len(boxes)), best]
    doubtful = is_in_a_face(boxes, faces) | (share > 0.15)
    return np.where(share >= 0.35, 1, np.where(doubtful, -1, 0)), best


def folds(names, count=5, seed=7):
    """{picture: fold}, each kind of picture (first folder) spread evenly."""
    lots, fold = random.Random(seed), {}
    kinds = {}
    for name in names:
        kinds.setdefault(name.split("/")[0], []).append(name)
    for kind in sorted(kinds):
        members = sorted(kinds[kind])
        lots.shuffle(members)
        fold.update({name: i % count for i, name in enumerate(members)})
    return fold


class Records:
    """Reads what faceveil_candidates wrote, record by record."""

    def __init__(self, path):
        self.bytes, self.at = np.memmap(path, np.uint8, "r"), 0

    def numbers(self, count, kind=np.float32):
        values = np.array(self.bytes[self.at : self.at + 4 * count]).view(kind)
        self.at += 4 * count
        return values

    def heading(self):
        length = int(self.numbers(1, np.uint32)[0])
        name = bytes(self.bytes[self.at : self.at + length]).decode()
        self.at += (length + 3) // 4 * 4
        width, height, count = (int(v) for v in self.numbers(3, np.uint32))
        return name, width, height, count

    def __bool__(self):
        return self.at < len(self.bytes)


def corners(boxes):
    """x, y, width, height as x1, y1, x2, y2."""
    return np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], 1).astype(float)


def read_sightings(path):
    """Name, size and sightings (a dictionary of arrays) for each picture."""
    records = Records(path)
    while records:
        name, width, height, count = records.heading()
        rows = records.numbers(9 * count).reshape(count, 9)
        fields = ["network", "scale", "mirrored", "turn", "logit"]
        sightings = {field: rows[:, i].astype(np.float64) for i, field in enumerate(fields)}
        sightings["box"] = corners(rows[:, 5:])
        yield name, (width, height), sightings


def read_close_ups(path):
    """Name and close-ups (count x side x side x 3) for each picture."""
    records = Records(path)
    while records:
        name, _, _, count = records.heading()
        pixels = records.numbers(count * CLOSE_UP * CLOSE_UP * 3 // 4, np.uint8)
        yield name, pixels.reshape(count, CLOSE_UP, CLOSE_UP, 3)


def read_clusters(path):
    """What make_clusters.py wrote, a dictionary for each picture, with its close-ups."""
    with open(path, "rb") as file:
        pictures = pickle.load(file)
    close_ups = dict(read_close_ups(path + ".close-ups"))
    none = np.zeros((0, CLOSE_UP, CLOSE_UP, 3), np.uint8)
    return [dict(p, close_ups=close_ups.get(p["name"], none)) for p in pictures]


def names_of(path):
    """The names of the pictures in a file of sightings."""
    records, names = Records(path), []
    while records:
        name, _, _, count = records.heading()
        names.append(name)
        records.at += 4 * 9 * count
    return names
