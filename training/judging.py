"""How a detector is judged, as `faceveil eval` does it (docs/detection.md)."""

import numpy as np

from labelled import is_in_a_face

GROWTH, CENTRAL_SHARE, HIDDEN_SHARE_MIN = 0.2, 0.6, 0.95


def centre_pixels(face, size):
    """Middles of the pixels under the central box of a face, and the share of each."""
    middle, half = (face[:2] + face[2:]) / 2, (face[2:] - face[:2]) * CENTRAL_SHARE / 2
    low, high = np.maximum(middle - half, 0), np.minimum(middle + half, size)
    if (low >= high).any():
        return None
    axes = [np.arange(np.floor(a), np.ceil(b)) for a, b in zip(low, high)]
    shares = [np.minimum(axis + 1, b) - np.maximum(axis, a) for axis, a, b in zip(axes, low, high)]
    x, y = np.meshgrid(axes[0] + 0.5, axes[1] + 0.5)
    weights = shares[1][:, None] * shares[0][None]
    return x, y, weights / weights.sum()


def hidden_from(face, size, boxes, scores):
    """The score of the box that hides the face at last, the best first; NaN: none; None: outside."""
    pixels = centre_pixels(face, size)
    if pixels is None:
        return None
    x, y, weights = pixels
    covered = np.zeros(x.shape, bool)
    half = (boxes[:, 2:] - boxes[:, :2]) * (0.5 + GROWTH)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    near = (np.abs(middle - (face[:2] + face[2:]) / 2) < half + (face[2:] - face[:2]) / 2).all(1)
    for i in np.flatnonzero(near):
        covered |= ((x - middle[i, 0]) / half[i, 0]) ** 2 + ((y - middle[i, 1]) / half[i, 1]) ** 2 <= 1
        if weights[covered].sum() >= HIDDEN_SHARE_MIN - 1e-9:
            return scores[i]
    return np.nan


class Judgement:
    """Of the pictures of one kind: scores at which faces are hidden, and of false boxes."""

    def __init__(self):
        self.hidden, self.false, self.pictures = [], [], 0

    def add(self, faces, size, boxes, scores, side_min):
        """`boxes` and `scores`, the best first."""
        self.pictures += 1
        for face in faces:
            if (face[2:] - face[:2]).max() < side_min:
                continue
            at = hidden_from(face, np.array(size), boxes, scores)
            if at is not None:
                self.hidden.append(at)
        self.false.extend(scores[~is_in_a_face(boxes, faces)])

    def threshold_at(self, false_boxes):
        """The lowest threshold with no more false boxes a picture."""
        scores = np.sort(self.false)[::-1]
        count = int(false_boxes * self.pictures + 1e-9)
        return np.nextafter(scores[count], np.inf) if count < len(scores) else -np.inf

    def at(self, threshold):
        """Share of faces hidden, false boxes a picture."""
        hidden = np.array(self.hidden)
        return (hidden >= threshold).mean(), (np.array(self.false) >= threshold).sum() / self.pictures

    def hidden_at(self, false_boxes):
        return self.at(self.threshold_at(false_boxes))[0]
