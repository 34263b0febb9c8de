"""Exporting the graph of the models that ship, once: `python -m assistant.search.export_graph` (make graph).

Needs `onnx` and `onnxscript`, which nothing else does. The weights are left out (`search/onnx.py`).
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from assistant.search import embed
from assistant.search.onnx import GRAPH, TURNED
from assistant.settings import Settings, keep_quiet

_LEAST = 1_000  # numbers in a tensor that is a weight; smaller ones stay in the graph


def export(folder: Path, target: Path) -> None:
    """Write the graph of the model in a folder, and the names of the weights that it wants."""
    import onnx

    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "model.onnx"
        _traced(folder).save(path)
        model = onnx.load(path)
    names = _named(model, folder)
    for node in model.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    model.graph.ClearField("value_info")
    model.ClearField("metadata_props")
    target.write_bytes(model.SerializeToString())
    target.with_suffix(".names").write_text("\n".join(sorted(names.values())) + "\n", encoding="utf-8")


def _traced(folder: Path) -> Any:
    """The model from token ids to a unit vector: the mean of the tokens' last states."""
    import torch
    from transformers import AutoModel

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=1)

    shape = {0: torch.export.Dim("batch", min=1), 1: torch.export.Dim("length", min=2, max=512)}
    ids, mask = torch.full((2, 7), 100), torch.ones((2, 7), dtype=torch.int64)  # one tensor twice would be one input
    return torch.onnx.export(
        Pooled(),
        (ids, mask),
        dynamo=True,
        input_names=["input_ids", "attention_mask"],
        output_names=["vector"],
        dynamic_shapes={"input_ids": shape, "attention_mask": shape},
    )


def _named(model: Any, folder: Path) -> dict[str, str]:
    """The graph's names for weights, and ours: the name in the safetensors file. Takes the weights out."""
    import onnx
    from safetensors.numpy import load_file

    held = {name: one.astype(np.float32) for name, one in load_file(folder / "model.safetensors").items()}
    names: dict[str, str] = {}
    for tensor in model.graph.initializer:
        array = onnx.numpy_helper.to_array(tensor)
        if array.size < _LEAST and not tensor.name.startswith("model."):
            continue
        if array.dtype != np.float32:
            continue
        names[tensor.name] = name = _name(tensor.name.removeprefix("model."), array, held)
        shape = list(array.shape)
        tensor.Clear()
        tensor.name, tensor.data_type = name, onnx.TensorProto.FLOAT
        tensor.dims.extend(shape)
        tensor.data_location = onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
    return names


def _name(given: str, array: Any, held: dict[str, Any]) -> str:
    """The name of the weight that an array of the graph is, as it stands or turned."""
    if given in held and np.array_equal(held[given], array):
        return given
    for name, one in held.items():
        if one.T.shape == array.shape and np.array_equal(one.T, array):
            return name + TURNED
    raise ValueError(f"the graph holds {given}, which the model does not")


if __name__ == "__main__":
    keep_quiet()
    export(embed.folder_of(Settings(home=Path())), GRAPH)
