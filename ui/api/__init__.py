"""What other programs may ask, over HTTP and over MCP, where `COMMON_GROUND_API` lets them in.

`acts` does what is asked, `endpoints` registers it with Gradio, and `tools` offers the same over MCP.
"""
