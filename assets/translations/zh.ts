<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 文件</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>desk</name>
    <message>
        <source>Too far for a {name}: slide the row up</source>
        <translation>已难写成 {name}：把行往上移</translation>
    </message>
    <message>
        <source>A network that foresees the next row can write; what it did not foresee is what surprises it.</source>
        <translation>能预见下一行的网络就会写；它没有预见到的，就是让它意外的。</translation>
    </message>
    <message>
        <source>There is nothing written yet</source>
        <translation>还没有写出任何东西</translation>
    </message>
    <message>
        <source>Save the contact sheet</source>
        <translation>保存全部图片</translation>
    </message>
    <message>
        <source>Save as an animation</source>
        <translation>保存为动画</translation>
    </message>
    <message>
        <source>At temperature 1.6, bolder: does it close more of them?</source>
        <translation>温度 1.6 更大胆：合拢的会更多吗？</translation>
    </message>
    <message>
        <source>Nearly half stay open: bolder is chance at every pixel, and two ends meet less often.</source>
        <translation>将近一半是开口的：更大胆就是每个像素都更凭运气，两端更难碰上。</translation>
    </message>
    <message>
        <source>Reading and writing are one machine</source>
        <translation>读与写是同一台机器</translation>
    </message>
    <message>
        <source>A second network was never asked which digit it sees, but what the next row is. It holds for each pixel how likely ink is there; drawn by chance, row after row, that ends what is begun: here from row 13 on.</source>
        <translation>第二个网络从来没有被问过它看到的是哪个数字，只被问过下一行是什么。它给每个像素一个“这里有墨”的概率；按概率一行行抽取，就把写了一半的续完：这里从第 13 行开始。</translation>
    </message>
    <message>
        <source>Two rows higher it is open whether this becomes a 2 or a 3. In grey is what the reader believes so far, in green what 200 endings are read as: nearly the same. To believe is to know how it may go on.</source>
        <translation>再往上两行，还说不准会变成 2 还是 3。灰色是读者到此为止的判断，绿色是 200 个续写被读成什么：两者几乎一样。所谓相信，就是知道它可能怎样继续。</translation>
    </message>
    <message>
        <source>From nothing: each row that it has drawn is what it reads next. Beside the picture is what it held likely, then its states. A click on their title shows its gates: it is an LSTM like those that read.</source>
        <translation>凭空开始：它抽出的每一行，就是它接着要读的。图片旁边是它当时认为的可能性，再旁边是它的状态。单击标题可看它的门：它和那些会读的网络一样，是一个 LSTM。</translation>
    </message>
    <message>
        <source>Temperature 0.7 takes more surely what is likely: 98 of 100 are read as what was meant, and at 1, as it learnt, about 94. Here it is 1.6: bold, and little more than half is read.</source>
        <translation>温度 0.7 更稳妥地取可能性大的：100 个里有 98 个被读成原本要写的；温度 1 即它学到的样子，约 94 个。这里是 1.6：大胆，只有一半多一点还能读对。</translation>
    </message>
    <message>
        <source>This 0 stays open. No pixel of it is unlikely where it stands; but that two ends meet, the state alone can know, and what it keeps of the other side is vague. At temperature 1 one 0 in five is open.</source>
        <translation>这个 0 没有合拢。它的每个像素在各自的位置上都不算少见；但两端要碰上，只有状态才能知道，而状态对另一边只记得大概。温度为 1 时，五个 0 里有一个是开口的。</translation>
    </message>
    <message>
        <source>Your turn: write half a 3 between the lines and lift the pen. Have it ended as a 9. Then write a digit that is still read as a 3, and surprises as much as you can make it.</source>
        <translation>轮到你了：在两线之间写半个 3，然后抬笔。让它被续写成 9。再写一个仍被读作 3、却尽量让它意外的数字。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Open an ONNX file</source>
        <translation>打开 ONNX 文件</translation>
    </message>
    <message>
        <source>Open drawing or picture…</source>
        <translation>打开笔迹或图片…</translation>
    </message>
    <message>
        <source>Save drawing…</source>
        <translation>保存笔迹…</translation>
    </message>
    <message>
        <source>Save the reading's numbers…</source>
        <translation>保存读图数值…</translation>
    </message>
    <message>
        <source>Save the window's picture…</source>
        <translation>保存窗口图片…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo the step that was undone</source>
        <translation>重做刚才撤销的一步</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty the canvas</source>
        <translation>清空画布</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>书写</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Erase; so does the right mouse button</source>
        <translation>擦除；按住鼠标右键也可以</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>第一行</translation>
    </message>
    <message>
        <source>One row up</source>
        <translation>上移一行</translation>
    </message>
    <message>
        <source>One row down</source>
        <translation>下移一行</translation>
    </message>
    <message>
        <source>Last row</source>
        <translation>最后一行</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>reads {part:.1%} of the reference digits</source>
        <translation>能读对 {part:.1%} 的参考数字</translation>
    </message>
    <message>
        <source>onnxruntime says “{words}”</source>
        <translation>onnxruntime 的原话是“{words}”</translation>
    </message>
    <message>
        <source>Log: {path}</source>
        <translation>日志：{path}</translation>
    </message>
    <message>
        <source>Settings: {path}</source>
        <translation>设置：{path}</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation>自由软件，采用 MIT 许可证。</translation>
    </message>
    <message>
        <source>Draw a digit and watch a recurrent network read it, one row of pixels at a time.</source>
        <translation>写一个数字，看循环神经网络如何一行像素一行像素地读它。</translation>
    </message>
    <message>
        <source>Fill the screen, with letters for the back row</source>
        <translation>全屏显示并放大文字，后排也能看清</translation>
    </message>
    <message>
        <source>About RNN Desk</source>
        <translation>关于 RNN Desk</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licences of what it stands on…</source>
        <translation>所用软件的许可证…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Pen width</source>
        <translation>笔画粗细</translation>
    </message>
    <message>
        <source>Thin</source>
        <translation>细</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Thick</source>
        <translation>粗</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Draw a digit here</source>
        <translation>在这里写一个数字</translation>
    </message>
    <message>
        <source>or drop a picture of one</source>
        <translation>或拖入一张图片</translation>
    </message>
    <message>
        <source>collected here</source>
        <translation>这里收集的</translation>
    </message>
    <message>
        <source>Which drawings are to be read?</source>
        <translation>要读哪些图样？</translation>
    </message>
    <message>
        <source>Drawings with labels, IDX images</source>
        <translation>带标签的图样、IDX 图像</translation>
    </message>
    <message>
        <source>Accuracy on the {count} reference letters</source>
        <translation>在 {count} 个参考字母上的准确率</translation>
    </message>
    <message>
        <source>{file}: {part:.1%} of {count} are read right</source>
        <translation>{file}：{count} 个中读对 {part:.1%}</translation>
    </message>
    <message>
        <source>the reference drawings</source>
        <translation>参考图样</translation>
    </message>
    <message>
        <source>the {count} collected here</source>
        <translation>这里收集的 {count} 个</translation>
    </message>
    <message>
        <source>drawings of a file, or MNIST's…</source>
        <translation>文件中的图样，或 MNIST 的…</translation>
    </message>
    <message>
        <source>Read others:</source>
        <translation>改读其他：</translation>
    </message>
    <message>
        <source>All that it missed</source>
        <translation>全部读错的</translation>
    </message>
    <message>
        <source>{file} holds no digit of a class that the model knows</source>
        <translation>{file} 中没有属于模型已知类别的数字</translation>
    </message>
    <message>
        <source>{file} does not say of any digit what it is</source>
        <translation>{file} 没有说明任何数字是什么</translation>
    </message>
    <message>
        <source>its labels are proposed after what it says to them</source>
        <translation>标签是根据它的回答推测的</translation>
    </message>
    <message>
        <source>No model card in the file: its input settings were found by trying. With these it reads {part:.1%} of the reference letters correctly</source>
        <translation>文件中没有模型卡：输入设置是试出来的。按此能读对 {part:.1%} 的参考字母</translation>
    </message>
    <message>
        <source>reads {part:.1%} of the reference letters</source>
        <translation>能读对 {part:.1%} 的参考字母</translation>
    </message>
    <message>
        <source>It gives states and no answer</source>
        <translation>它给出状态，不给出答案</translation>
    </message>
    <message>
        <source>{file} has no input {name} beside the picture</source>
        <translation>除图像外，{file} 没有名为 {name} 的输入</translation>
    </message>
    <message>
        <source>{file} has no input that holds such pictures</source>
        <translation>{file} 没有能放这种图像的输入</translation>
    </message>
    <message>
        <source>it has {count} classes, and {said} are named</source>
        <translation>它有 {count} 个类别，而指定了 {said} 个名称</translation>
    </message>
    <message>
        <source>with these it reads {part:.1%} of the reference digits correctly</source>
        <translation>按此能读对 {part:.1%} 的参考数字</translation>
    </message>
    <message>
        <source>Input settings, or labels, as you said</source>
        <translation>输入设置或标签由你指定</translation>
    </message>
    <message>
        <source>Input and labels by hand…</source>
        <translation>手动设置输入和标签…</translation>
    </message>
    <message>
        <source>{file} has no input that holds a picture</source>
        <translation>{file} 没有可放图像的输入</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>as written below</source>
        <translation>按下面所写</translation>
    </message>
    <message>
        <source>as found in the file</source>
        <translation>按文件所示</translation>
    </message>
    <message>
        <source>KMNIST</source>
        <translation>KMNIST 假名</translation>
    </message>
    <message>
        <source>Fashion-MNIST</source>
        <translation>Fashion-MNIST 服装</translation>
    </message>
    <message>
        <source>EMNIST by class</source>
        <translation>EMNIST 分类集</translation>
    </message>
    <message>
        <source>A to Z, then a to z</source>
        <translation>A 到 Z，然后 a 到 z</translation>
    </message>
    <message>
        <source>EMNIST balanced</source>
        <translation>EMNIST 均衡集</translation>
    </message>
    <message>
        <source>digits, then A to Z</source>
        <translation>数字，然后 A 到 Z</translation>
    </message>
    <message>
        <source>EMNIST letters: one unused, then A to Z</source>
        <translation>EMNIST 字母：一个不用，然后 A 到 Z</translation>
    </message>
    <message>
        <source>letters A to Z</source>
        <translation>字母 A 到 Z</translation>
    </message>
    <message>
        <source>digits 1 to 9, then 0</source>
        <translation>数字 1 到 9，然后 0</translation>
    </message>
    <message>
        <source>digits 0 to 9</source>
        <translation>数字 0 到 9</translation>
    </message>
    <message>
        <source>What the model gets</source>
        <translation>模型得到的输入</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>再加</translation>
    </message>
    <message>
        <source>pixel 0..1 times</source>
        <translation>像素 0..1 乘以</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Its classes are neither digits nor letters: nothing can be checked</source>
        <translation>它的类别既不是数字也不是字母：无法验证</translation>
    </message>
    <message>
        <source>{right} of {count} reference drawings are read as what they are</source>
        <translation>{count} 个参考图样中，{right} 个读对</translation>
    </message>
    <message>
        <source>black is {black}, white is {white}</source>
        <translation>黑为 {black}，白为 {white}</translation>
    </message>
    <message>
        <source>It is refused for the same reason: choose otherwise</source>
        <translation>因同样的原因被拒绝：请另作选择</translation>
    </message>
    <message>
        <source>trying…</source>
        <translation>正在尝试…</translation>
    </message>
    <message>
        <source>Open with these settings</source>
        <translation>按这些设置打开</translation>
    </message>
    <message>
        <source>Open by hand…</source>
        <translation>手动打开…</translation>
    </message>
    <message>
        <source>Say yourself how an ONNX file is fed, and what its classes are called</source>
        <translation>自己指定 ONNX 文件的输入方式和类别名称</translation>
    </message>
    <message>
        <source>Open model by hand</source>
        <translation>手动打开模型</translation>
    </message>
    <message>
        <source>Open model by hand…</source>
        <translation>手动打开模型…</translation>
    </message>
    <message>
        <source>Open {file} by hand</source>
        <translation>手动打开 {file}</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>请写一个数字</translation>
    </message>
    <message>
        <source>loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Let a second model read the same drawing</source>
        <translation>让第二个模型读同一个手写数字</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止对比</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>尚无模型</translation>
    </message>
    <message>
        <source>opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>reads {part:.2%} of MNIST's test set</source>
        <translation>MNIST 测试集准确率 {part:.2%}</translation>
    </message>
    <message>
        <source>{device}  ·  {time:.1f} ms</source>
        <translation>{device}，{time:.1f} ms</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU, CUDA</source>
        <translation>NVIDIA GPU（CUDA）</translation>
    </message>
    <message>
        <source>GPU, DirectML</source>
        <translation>GPU（DirectML）</translation>
    </message>
    <message>
        <source>Apple GPU and Neural Engine, Core ML</source>
        <translation>Apple GPU 与神经网络引擎（Core ML）</translation>
    </message>
    <message>
        <source>GPU, WebGPU</source>
        <translation>GPU（WebGPU）</translation>
    </message>
    <message>
        <source>row {row} of {rows}</source>
        <translation>第 {row}/{rows} 行</translation>
    </message>
    <message>
        <source>all rows read</source>
        <translation>全部读完</translation>
    </message>
    <message>
        <source>after {row}</source>
        <translation>读完{row}</translation>
    </message>
    <message>
        <source>Row looked at</source>
        <translation>当前查看的行</translation>
    </message>
    <message>
        <source>Move through the rows; at the right end all are read</source>
        <translation>逐行移动；拖到最右端即读完全部行</translation>
    </message>
    <message>
        <source>what it sees: x</source>
        <translation>网络所见：x</translation>
    </message>
    <message>
        <source>{rows} rows of {columns} pixels</source>
        <translation>{rows} 行，每行 {columns} 像素</translation>
    </message>
    <message>
        <source>{row}, pixel {column}
ink {value:.2f}</source>
        <translation>{row}，第 {column} 个像素
墨量 {value:.2f}</translation>
    </message>
    <message>
        <source>{units} units</source>
        <translation>{units} 个单元</translation>
    </message>
    <message>
        <source>{units} units, from below</source>
        <translation>{units} 个单元，自下而上</translation>
    </message>
    <message>
        <source>{layer}, unit {unit}</source>
        <translation>{layer}，单元 {unit}</translation>
    </message>
    <message>
        <source>{layer}, unit {unit}, {row}</source>
        <translation>{layer}，单元 {unit}，{row}</translation>
    </message>
    <message>
        <source>this</source>
        <translation>本模型</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>至此</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>遮住其余</translation>
    </message>
    <message>
        <source>{count} maps</source>
        <translation>{count} 张特征图</translation>
    </message>
    <message>
        <source>This network has no recurrent layers, and so no units to look into.</source>
        <translation>该网络没有循环层，因此没有可查看的单元。</translation>
    </message>
    <message>
        <source>The window did not show all of it within {seconds} s: try again when the machine has less to do</source>
        <translation>窗口未能在 {seconds} 秒内显示全部内容：请在机器空闲时重试</translation>
    </message>
    <message>
        <source>this state has seen the rows below, not those above</source>
        <translation>该状态已读过下方各行，未读过上方各行</translation>
    </message>
    <message>
        <source>Units as stored</source>
        <translation>单元按存储顺序排列</translation>
    </message>
    <message>
        <source>Units by the row of their peak</source>
        <translation>单元按峰值所在行排列</translation>
    </message>
    <message>
        <source>Like units together</source>
        <translation>相似的单元排在一起</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Copy the numbers</source>
        <translation>复制数值</translation>
    </message>
    <message>
        <source>The network sees what is in the dashed frame. Drag the box where it lies wrong; the pen begins a new drawing.</source>
        <translation>网络看到的是虚线框内的内容。方框位置不对时可以拖动它；下笔则开始新的一幅。</translation>
    </message>
    <message>
        <source>Digits of the picture</source>
        <translation>图片中的数字</translation>
    </message>
    <message>
        <source>Digit {number} of the picture</source>
        <translation>图片中的第 {number} 个数字</translation>
    </message>
    <message>
        <source>No digit was found. Drag the box round one.</source>
        <translation>没有找到数字。请拖动方框把它框住。</translation>
    </message>
    <message>
        <source>Dark ink on bright paper</source>
        <translation>浅底深墨</translation>
    </message>
    <message>
        <source>Bright ink on dark paper</source>
        <translation>深底浅墨</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>{count} 个数字</translation>
    </message>
    <message>
        <source>the box round it</source>
        <translation>外面的框</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>格线</translation>
    </message>
    <message>
        <source>what comes in at the edge</source>
        <translation>边上的残余</translation>
    </message>
    <message>
        <source>the edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>left out: {what}</source>
        <translation>已排除：{what}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Put the clipboard's picture or file on the canvas</source>
        <translation>把剪贴板中的图片或文件放到画布上</translation>
    </message>
    <message>
        <source>belief</source>
        <translation>逐行判断</translation>
    </message>
    <message>
        <source>if it stopped here</source>
        <translation>假如读到此行为止</translation>
    </message>
    <message>
        <source>rest covered</source>
        <translation>遮住其余部分时</translation>
    </message>
    <message>
        <source>after {row}
{name}: {part:.1%}</source>
        <translation>读完{row}
{name}：{part:.1%}</translation>
    </message>
    <message>
        <source>from here on the answer stays</source>
        <translation>从这一行起答案不再改变</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>unsure: {name}? {part:.1%}</source>
        <translation>不确定：{name}？{part:.1%}</translation>
    </message>
    <message>
        <source>Bars as the classes</source>
        <translation>按类别排列</translation>
    </message>
    <message>
        <source>Longest bar first</source>
        <translation>按概率从高到低排列</translation>
    </message>
    <message>
        <source>Unsure below {limit:.0%}</source>
        <translation>低于 {limit:.0%} 视为不确定</translation>
    </message>
    <message>
        <source>Never unsure</source>
        <translation>总是给出答案</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Unit looked at</source>
        <translation>当前查看的单元</translation>
    </message>
    <message>
        <source>Its gates cannot be shown: {reason}.</source>
        <translation>无法显示它的门：{reason}。</translation>
    </message>
    <message>
        <source>hidden state</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>cell state</source>
        <translation>细胞状态</translation>
    </message>
    <message>
        <source>input gate</source>
        <translation>输入门</translation>
    </message>
    <message>
        <source>forget gate</source>
        <translation>遗忘门</translation>
    </message>
    <message>
        <source>output gate</source>
        <translation>输出门</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>候选值</translation>
    </message>
    <message>
        <source>update gate</source>
        <translation>更新门</translation>
    </message>
    <message>
        <source>reset gate</source>
        <translation>重置门</translation>
    </message>
    <message>
        <source>the last step of the row: {reason}</source>
        <translation>本行的最后一步：{reason}</translation>
    </message>
    <message>
        <source>RNN, GRU and LSTM over one another</source>
        <translation>RNN、GRU、LSTM 梯度叠加</translation>
    </message>
    <message>
        <source>How much of the gradient is left at each row, in each kind of cell</source>
        <translation>每种循环单元在各行还剩多少梯度</translation>
    </message>
    <message>
        <source>what is left of it</source>
        <translation>剩余比例</translation>
    </message>
    <message>
        <source>part left</source>
        <translation>剩余比例</translation>
    </message>
    <message>
        <source>what follows its last recurrent layer does not run by itself: {reason}</source>
        <translation>最后一个循环层之后的部分无法单独运行：{reason}</translation>
    </message>
    <message>
        <source>{name}: {part:.4%}
click to see which pixels speak for it and against it</source>
        <translation>{name}：{part:.4%}
点击查看哪些像素支持它、哪些反对它</translation>
    </message>
    <message>
        <source>x: what comes in at this row; h: the units after the row before</source>
        <translation>x：本行的输入；h：上一行读完后各单元的状态</translation>
    </message>
    <message>
        <source>click to see it of all units of the layer</source>
        <translation>点击查看该层所有单元的此项</translation>
    </message>
    <message>
        <source>how much of the cell state is kept: 0 forgets it, 1 keeps it</source>
        <translation>细胞状态保留多少：0 为遗忘，1 为保留</translation>
    </message>
    <message>
        <source>how much of the candidate is let in</source>
        <translation>候选值写入多少</translation>
    </message>
    <message>
        <source>what could be written into the cell state</source>
        <translation>可能写入细胞状态的内容</translation>
    </message>
    <message>
        <source>how much of the cell state is shown</source>
        <translation>细胞状态输出多少</translation>
    </message>
    <message>
        <source>what is kept, and what is let in</source>
        <translation>保留的部分加上写入的部分</translation>
    </message>
    <message>
        <source>how much of the state before stays as it is</source>
        <translation>先前的状态保留多少</translation>
    </message>
    <message>
        <source>how much of the state before the candidate sees</source>
        <translation>候选值看到先前状态的多少</translation>
    </message>
    <message>
        <source>what the state could become</source>
        <translation>状态可能变成的内容</translation>
    </message>
    <message>
        <source>what the next row and the next layer get to see</source>
        <translation>下一行和后一层所看到的内容</translation>
    </message>
    <message>
        <source>Draw a digit to see the numbers of a unit in its equations.</source>
        <translation>写一个数字，即可在公式中看到单元的数值。</translation>
    </message>
    <message>
        <source>Each faint line is the way of the top layer's state while a reference digit is read,
the strong one that of your digit: a point a row, in the plane of two principal
components, which hold {share:.0%} of the variance.</source>
        <translation>每条淡线是读取一个参考数字时顶层状态走过的路径，
粗线是你所写的数字：每行一个点，画在两个主成分的平面上，
它们占方差的 {share:.0%}。</translation>
    </message>
    <message>
        <source>State map</source>
        <translation>状态轨迹图</translation>
    </message>
    <message>
        <source>A map is made of a layer's states; none are here.</source>
        <translation>状态轨迹图由某一层的各个状态绘成；这里没有可用的状态。</translation>
    </message>
    <message>
        <source>{layer}: {share:.0%} of the variance</source>
        <translation>{layer}：占方差的 {share:.0%}</translation>
    </message>
    <message>
        <source>&amp;Lab</source>
        <translation>实验室(&amp;L)</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Show the lab</source>
        <translation>打开实验室</translation>
    </message>
    <message>
        <source>Tabs to the left</source>
        <translation>左边的标签</translation>
    </message>
    <message>
        <source>Tabs to the right</source>
        <translation>右边的标签</translation>
    </message>
    <message>
        <source>Cover the row</source>
        <translation>遮住此行</translation>
    </message>
    <message>
        <source>Cover the row looked at; or drag over the row numbers</source>
        <translation>遮住所看的行；也可在行号上拖动</translation>
    </message>
    <message>
        <source>Shuffle the rows</source>
        <translation>打乱各行</translation>
    </message>
    <message>
        <source>Read the rows in another order, always the same</source>
        <translation>按另一种固定的顺序读各行</translation>
    </message>
    <message>
        <source>Switch the unit off</source>
        <translation>关闭此单元</translation>
    </message>
    <message>
        <source>Hold the marked unit's hidden state at 0</source>
        <translation>让所标单元的隐藏状态始终为 0</translation>
    </message>
    <message>
        <source>Forget the state here</source>
        <translation>在此处忘记状态</translation>
    </message>
    <message>
        <source>Set the layer's whole state to 0 after the row looked at; choose a row first</source>
        <translation>在所看的行之后，把该层的全部状态置为 0；请先选一行</translation>
    </message>
    <message>
        <source>Reset the lab</source>
        <translation>重置实验</translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation>撤销上一步</translation>
    </message>
    <message>
        <source>Experiment on: {what}</source>
        <translation>实验进行中：{what}</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Undo everything that is done in the lab</source>
        <translation>取消实验室中的一切改动</translation>
    </message>
    <message>
        <source>rows {rows} covered</source>
        <translation>遮住第 {rows} 行</translation>
    </message>
    <message>
        <source>rows shuffled</source>
        <translation>各行已打乱</translation>
    </message>
    <message>
        <source>noise {strength:.2f}</source>
        <translation>噪声 {strength:.2f}</translation>
    </message>
    <message>
        <source>moved by {x:+g} and {y:+g} pixels</source>
        <translation>平移 {x:+g} 和 {y:+g} 像素</translation>
    </message>
    <message>
        <source>turned by {degrees:+g}°</source>
        <translation>旋转 {degrees:+g}°</translation>
    </message>
    <message>
        <source>{layer}: units {units} off</source>
        <translation>{layer}：关闭单元 {units}</translation>
    </message>
    <message>
        <source>{layer}: unit {units} off</source>
        <translation>{layer}：关闭单元 {units}</translation>
    </message>
    <message>
        <source>drawings of 30 writers</source>
        <translation>30 位书写者的数字</translation>
    </message>
    <message>
        <source>MNIST's test set</source>
        <translation>MNIST 测试集</translation>
    </message>
    <message>
        <source>Esc ends Present</source>
        <translation>按 Esc 结束演示</translation>
    </message>
    <message>
        <source>Draw a digit first</source>
        <translation>请先写一个数字</translation>
    </message>
    <message>
        <source>{layer}: {gate} × {factor:.2f}</source>
        <translation>{layer}：{gate} × {factor:.2f}</translation>
    </message>
    <message>
        <source>{layer}: forgets at row {rows}</source>
        <translation>{layer}：在第 {rows} 行忘记</translation>
    </message>
    <message>
        <source>{first}; {second}</source>
        <translation>{first}；{second}</translation>
    </message>
    <message>
        <source>{row}, covered
drag here to uncover rows</source>
        <translation>{row}，已遮住
在此拖动可揭开各行</translation>
    </message>
    <message>
        <source>{row}
drag here to cover rows</source>
        <translation>{row}
在此拖动可遮住各行</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Reference digits</source>
        <translation>参考数字</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Random ink on every pixel</source>
        <translation>每个像素加上随机的墨</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move the picture to the left or to the right</source>
        <translation>向左或向右移动图片</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move the picture up or down</source>
        <translation>向上或向下移动图片</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turn the picture about its middle</source>
        <translation>绕中心旋转图片</translation>
    </message>
    <message>
        <source>Multiply this gate, in all units of the layer</source>
        <translation>把该层所有单元的这个门乘以此数</translation>
    </message>
    <message>
        <source>Gate's factor</source>
        <translation>门的倍数</translation>
    </message>
    <message>
        <source>Layer to change</source>
        <translation>要改动的层</translation>
    </message>
    <message>
        <source>Gate to change</source>
        <translation>要改动的门</translation>
    </message>
    <message>
        <source>{layer}: {gate} {held}</source>
        <translation>{layer}：{gate} {held}</translation>
    </message>
    <message>
        <source>held at {value:g}</source>
        <translation>固定为 {value:g}</translation>
    </message>
    <message>
        <source>held at its mean</source>
        <translation>固定为平均值</translation>
    </message>
    <message>
        <source>times</source>
        <translation>乘以</translation>
    </message>
    <message>
        <source>Multiply the gate, or hold it at one value whatever comes in</source>
        <translation>给门乘上倍数，或者不论输入是什么都固定为一个值</translation>
    </message>
    <message>
        <source>Change something to see how many of the reference digits are still read correctly.</source>
        <translation>做点改动，看看还有多少参考数字能读对。</translation>
    </message>
    <message>
        <source>reading them…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{altered:.1%} of {count} read correctly
{plain:.1%} without the lab</source>
        <translation>{count} 个中读对 {altered:.1%}
不做实验时为 {plain:.1%}</translation>
    </message>
    <message>
        <source>orange: more ink there speaks for {name}</source>
        <translation>橙色：该处多一点墨，更像 {name}</translation>
    </message>
    <message>
        <source>seen: x</source>
        <translation>所见：x</translation>
    </message>
    <message>
        <source>feature maps {number}</source>
        <translation>特征图 {number}</translation>
    </message>
    <message>
        <source>maps {number}</source>
        <translation>图 {number}</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>pixels: {values}</source>
        <translation>像素：{values}</translation>
    </message>
    <message>
        <source>none, ink counted</source>
        <translation>无，按块计墨</translation>
    </message>
    <message>
        <source>ink counted in blocks</source>
        <translation>按块计墨</translation>
    </message>
    <message>
        <source>no margin</source>
        <translation>无边距</translation>
    </message>
    <message>
        <source>largest terms</source>
        <translation>最大的各项</translation>
    </message>
    <message>
        <source>orange: ink for {name}</source>
        <translation>橙色：墨支持 {name}</translation>
    </message>
    <message>
        <source>the gradient is not worked out while something is done to the network</source>
        <translation>对网络做实验时不计算梯度</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>最相近</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>ONNX models</source>
        <translation>ONNX 模型</translation>
    </message>
    <message>
        <source>Open drawing or picture</source>
        <translation>打开笔迹或图片</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>笔迹文件</translation>
    </message>
    <message>
        <source>Drawings and pictures</source>
        <translation>笔迹和图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>保存笔迹</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>保存数值</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>There is no reading to save yet: draw a digit first</source>
        <translation>还没有可保存的读图结果：请先写一个数字</translation>
    </message>
    <message>
        <source>{file} does not exist: check the name</source>
        <translation>{file} 不存在：请检查文件名</translation>
    </message>
    <message>
        <source>{file} is a folder: name a file in it</source>
        <translation>{file} 是文件夹：请指定其中的文件</translation>
    </message>
    <message>
        <source>{file} is not an ordinary file: name a file on disk</source>
        <translation>{file} 不是普通文件：请指定磁盘上的文件</translation>
    </message>
    <message>
        <source>{file} may not be read: check its permissions</source>
        <translation>无权读取 {file}：请检查文件权限</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation>无法读取 {file}：{reason}</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}</source>
        <translation>无法写入 {file}：{reason}</translation>
    </message>
    <message>
        <source>unknown reason</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>路径中有一部分不是文件夹</translation>
    </message>
    <message>
        <source>{file} is larger than {limit} MiB, which is more than such a file can need</source>
        <translation>{file} 超过 {limit} MiB，这类文件不可能需要这么大</translation>
    </message>
    <message>
        <source>{file} is empty</source>
        <translation>{file} 是空文件</translation>
    </message>
    <message>
        <source>{file} has a line longer than any drawing</source>
        <translation>{file} 中有一行过长，不可能是笔迹</translation>
    </message>
    <message>
        <source>{file} is not a text file in UTF-8</source>
        <translation>{file} 不是 UTF-8 文本文件</translation>
    </message>
    <message>
        <source>{file} is a damaged gzip file: get it again</source>
        <translation>{file} 是损坏的 gzip 文件：请重新获取</translation>
    </message>
    <message>
        <source>{file} is a gzip file cut short: get it again</source>
        <translation>{file} 是不完整的 gzip 文件：请重新获取</translation>
    </message>
    <message>
        <source>{file}, line {line}: this is not a drawing, {reason}; correct or remove the line</source>
        <translation>{file} 第 {line} 行不是笔迹，{reason}；请改正或删除这一行</translation>
    </message>
    <message>
        <source>a stroke is a list of [x, y] points, at least one</source>
        <translation>一笔应是 [x, y] 点的列表，至少有一个点</translation>
    </message>
    <message>
        <source>a point's coordinates are not ordinary numbers</source>
        <translation>有点的坐标不是正常的数</translation>
    </message>
    <message>
        <source>a tool is ink or eraser, not {tool!r}</source>
        <translation>工具只能是 ink 或 eraser，不能是 {tool!r}</translation>
    </message>
    <message>
        <source>a pen's width is a positive number</source>
        <translation>笔的粗细应是正数</translation>
    </message>
    <message>
        <source>pressure is one number in 0..1 for each point</source>
        <translation>压力应为每个点一个 0..1 之间的数</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>它不是 JSON</translation>
    </message>
    <message>
        <source>it has no list of strokes</source>
        <translation>它没有笔画列表</translation>
    </message>
    <message>
        <source>it has more than {most} points</source>
        <translation>它的点数超过 {most}</translation>
    </message>
    <message>
        <source>it has more in it than {most} points</source>
        <translation>其内容超过 {most} 个点</translation>
    </message>
    <message>
        <source>it has more than {most} strokes</source>
        <translation>它的笔画超过 {most} 笔</translation>
    </message>
    <message>
        <source>its strokes are not lists of [x, y] numbers</source>
        <translation>它的笔画不是由 [x, y] 数对组成的列表</translation>
    </message>
    <message>
        <source>its size is not an ordinary positive number</source>
        <translation>它的 size 不是正常的正数</translation>
    </message>
    <message>
        <source>{name} does not have one entry for each stroke</source>
        <translation>{name} 的项数与笔画数不一致</translation>
    </message>
    <message>
        <source>its {name} is neither a number nor a word</source>
        <translation>它的 {name} 既不是数也不是文字</translation>
    </message>
    <message>
        <source>{file} holds no digit</source>
        <translation>{file} 中没有数字</translation>
    </message>
    <message>
        <source>{file} has no digit {index}: it holds {count}, counted from 0</source>
        <translation>{file} 中没有编号为 {index} 的数字：它共有 {count} 个，从 0 开始编号</translation>
    </message>
    <message>
        <source>{file} is neither a picture (PNG, JPEG, BMP, GIF, WebP, TIFF, AVIF or HEIC), nor MNIST's IDX images, nor drawings (.jsonl)</source>
        <translation>{file} 既不是图片（PNG、JPEG、BMP、GIF、WebP、TIFF、AVIF 或 HEIC），也不是 MNIST 的 IDX 图像，也不是笔迹文件（.jsonl）</translation>
    </message>
    <message>
        <source>{file} is not a picture that can be read, or it is damaged: save it as PNG or JPEG</source>
        <translation>{file} 不是可以读取的图片，或已损坏：请将它另存为 PNG 或 JPEG</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture, it is damaged: get it again ({reason})</source>
        <translation>{file} 已损坏，无法作为图片读取：请重新获取（{reason}）</translation>
    </message>
    <message>
        <source>{file} has {width} x {height} pixels, more than the {most} million that are read: make it smaller</source>
        <translation>{file} 有 {width} x {height} 像素，超过可读取的 {most} 百万像素：请将其缩小</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels, more than the {most} million that are read: make it smaller</source>
        <translation>这张图片有 {width} x {height} 像素，超过可读取的 {most} 百万像素：请将其缩小</translation>
    </message>
    <message>
        <source>{file} shows no digit: nothing in it stands out from its background as strokes do; crop it to the digit, or draw a box round it here</source>
        <translation>{file} 中看不到数字：没有任何内容像笔画那样与背景区分开；请裁剪到数字，或在这里把数字框出来</translation>
    </message>
    <message>
        <source>{file} shows no digit: there is nothing on its lines; write between them, or darker</source>
        <translation>{file} 中看不到数字：格线上什么也没有写；请写在格线之间，或写得更深</translation>
    </message>
    <message>
        <source>{file} is a HEIC picture, which cannot be read here: save it as JPEG or PNG first</source>
        <translation>{file} 是 HEIC 图片，这里无法读取：请先将它另存为 JPEG 或 PNG</translation>
    </message>
    <message>
        <source>{file} shows no digit: it is of one brightness all over; is it the right one?</source>
        <translation>{file} 中看不到数字：整张图的亮度都一样；是不是选错了图片？</translation>
    </message>
    <message>
        <source>{address} is no file on this machine, and this program opens nothing from elsewhere: save it here first, then open that file</source>
        <translation>{address} 不是这台电脑上的文件，本程序不打开来自别处的内容：请先将它保存到这台电脑，再打开该文件</translation>
    </message>
    <message>
        <source>There is no picture and no file on the clipboard: copy one first</source>
        <translation>剪贴板中没有图片，也没有文件：请先复制一个</translation>
    </message>
    <message>
        <source>A picture has no strokes to replay: draw a digit, or open a drawing</source>
        <translation>图片没有可以重放的笔画：请写一个数字，或打开笔迹</translation>
    </message>
    <message>
        <source>A picture cannot be erased in part: clear the canvas, or draw a new digit</source>
        <translation>图片不能局部擦除：请清空画布，或重新写一个数字</translation>
    </message>
    <message>
        <source>{file} is not an IDX file of bytes, as MNIST's are</source>
        <translation>{file} 不是 MNIST 那样的字节型 IDX 文件</translation>
    </message>
    <message>
        <source>{file} is {found}-dimensional, and not {wanted}-dimensional as is needed: images and labels may be interchanged</source>
        <translation>{file} 有 {found} 个维度，而需要 {wanted} 个：图像与标签可能弄反了</translation>
    </message>
    <message>
        <source>{file} ends within its header: get it again</source>
        <translation>{file} 的文件头不完整：请重新获取</translation>
    </message>
    <message>
        <source>{file} says that it holds {shape} pixels: get it again</source>
        <translation>{file} 声称含有 {shape} 像素：请重新获取</translation>
    </message>
    <message>
        <source>{file} should hold {wanted} bytes after its header and holds {found}: get it again</source>
        <translation>{file} 的文件头之后应有 {wanted} 字节，实际为 {found}：请重新获取</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>{file} is not an ONNX model, or it is damaged: open an .onnx file</source>
        <translation>{file} 不是 ONNX 模型，或已损坏：请打开 .onnx 文件</translation>
    </message>
    <message>
        <source>{file} cannot be used: {reason}</source>
        <translation>无法使用 {file}：{reason}</translation>
    </message>
    <message>
        <source>{file} failed while reading a picture: {reason}</source>
        <translation>{file} 读图时出错：{reason}</translation>
    </message>
    <message>
        <source>{file}, digit {index}: the model's answer is not a number</source>
        <translation>{file} 的第 {index} 个数字：模型给出的答案不是有效的数</translation>
    </message>
    <message>
        <source>{file} reads {pictures}, and cannot stand beside a model that reads {others}: choose another one</source>
        <translation>{file} 读取{pictures}，无法与读取{others}的模型并列：请另选一个</translation>
    </message>
    <message>
        <source>its output does not have one number for each class of its card</source>
        <translation>它的输出与模型卡中的类别数不一致</translation>
    </message>
    <message>
        <source>it has {count} inputs, and a reader of pictures has one</source>
        <translation>它有 {count} 个输入，而读图的模型应只有一个</translation>
    </message>
    <message>
        <source>it has no output</source>
        <translation>它没有输出</translation>
    </message>
    <message>
        <source>it fails on a picture: {reason}</source>
        <translation>它在读图时出错：{reason}</translation>
    </message>
    <message>
        <source>its model card is not JSON</source>
        <translation>它的模型卡不是 JSON</translation>
    </message>
    <message>
        <source>its model card is not a JSON object</source>
        <translation>它的模型卡不是 JSON 对象</translation>
    </message>
    <message>
        <source>its model card has schema {schema!r}, and this program knows {known}</source>
        <translation>它的模型卡的格式版本为 {schema!r}，而本程序支持 {known}</translation>
    </message>
    <message>
        <source>its model card is not complete ({reason})</source>
        <translation>它的模型卡不完整（{reason}）</translation>
    </message>
    <message>
        <source>its model card says {name} {value!r}, which is none of {values}</source>
        <translation>它的模型卡中 {name} 为 {value!r}，不在 {values} 之中</translation>
    </message>
    <message>
        <source>its model card says direction {direction!r} of a layer</source>
        <translation>它的模型卡中有一层的方向为 {direction!r}</translation>
    </message>
    <message>
        <source>its model card has a layer {op!r} of {units!r} units</source>
        <translation>它的模型卡中有一层为 {op!r}，单元数为 {units!r}</translation>
    </message>
    <message>
        <source>its model card says batch {batch!r}</source>
        <translation>它的模型卡中批大小为 {batch!r}</translation>
    </message>
    <message>
        <source>its model card has a name or a licence that is not text</source>
        <translation>它的模型卡中名称或许可证不是文本</translation>
    </message>
    <message>
        <source>its {op} has {name} {value!r}, which is not possible</source>
        <translation>它的 {op} 的 {name} 为 {value!r}，这不可能</translation>
    </message>
    <message>
        <source>its model card names no classes</source>
        <translation>它的模型卡没有列出类别</translation>
    </message>
    <message>
        <source>its model card says a picture of {side!r} pixels a side</source>
        <translation>它的模型卡中图像边长为 {side!r} 像素</translation>
    </message>
    <message>
        <source>its model card has an accuracy {name} of {share!r}, not of 0..1</source>
        <translation>它的模型卡中准确率 {name} 为 {share!r}，不在 0..1 之间</translation>
    </message>
    <message>
        <source>the operator has {odd}</source>
        <translation>该算子含有{odd}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first}、{second}</translation>
    </message>
    <message>
        <source>activations {names}</source>
        <translation>激活函数 {names}</translation>
    </message>
    <message>
        <source>a clip</source>
        <translation>截断（clip）</translation>
    </message>
    <message>
        <source>peepholes</source>
        <translation>窥视孔连接</translation>
    </message>
    <message>
        <source>a part of it takes states that are not the layer's own output</source>
        <translation>其中一部分所用的状态不是该层自身的输出</translation>
    </message>
    <message>
        <source>an input gate coupled to the forget gate</source>
        <translation>与遗忘门耦合的输入门</translation>
    </message>
    <message>
        <source>gates replayed from the weights do not give the states that the model gave</source>
        <translation>由权重重算的门得不出模型给出的状态</translation>
    </message>
    <message>
        <source>Nothing can be done to this network: {reason}</source>
        <translation>无法对此网络做实验：{reason}</translation>
    </message>
    <message>
        <source>a seed is a whole number from 0</source>
        <translation>种子是从 0 起的整数</translation>
    </message>
    <message>
        <source>a writer takes {inputs} and gives {outputs}, and it does not</source>
        <translation>会写字的模型以 {inputs} 为输入、以 {outputs} 为输出，而它不是这样</translation>
    </message>
    <message>
        <source>it fails on a row: {reason}</source>
        <translation>它在写一行时出错：{reason}</translation>
    </message>
    <message>
        <source>it reads digits and writes none</source>
        <translation>它只认数字，不写数字</translation>
    </message>
    <message>
        <source>it writes 1 to {most} pictures at once</source>
        <translation>它一次写 1 到 {most} 张图</translation>
    </message>
    <message>
        <source>it writes digits and reads none: open a model that reads</source>
        <translation>它只写数字，不认数字：请打开一个会认数字的模型</translation>
    </message>
    <message>
        <source>it writes no class {label}</source>
        <translation>它不会写类别 {label}</translation>
    </message>
    <message>
        <source>its model card does not say one recurrent layer, as a writer has</source>
        <translation>它的模型卡没有写明一个循环层，而会写字的模型正有一个</translation>
    </message>
    <message>
        <source>more rows are begun than the {side} of a picture</source>
        <translation>已写的行数多于一张图的 {side} 行</translation>
    </message>
    <message>
        <source>the rows begun are not of {side} pixels</source>
        <translation>已写的行不是 {side} 个像素</translation>
    </message>
    <message>
        <source>the rows begun hold what is not of 0 to 1</source>
        <translation>已写的行里有不在 0 到 1 之间的值</translation>
    </message>
    <message>
        <source>the temperature is a number from {least} to {most}</source>
        <translation>温度是 {least} 到 {most} 之间的数</translation>
    </message>
    <message>
        <source>what it writes are not rows of its picture</source>
        <translation>它写出的不是图的行</translation>
    </message>
    <message>
        <source>{model} takes its pictures otherwise than the model that writes, so --nats says nothing of them: leave it out</source>
        <translation>{model} 所用的图与会写字的模型不同，--nats 对其无从说起：请去掉它</translation>
    </message>
    <message>
        <source>it has no recurrent layers</source>
        <translation>它没有循环层</translation>
    </message>
    <message>
        <source>split into its parts, it does not give the whole network's answers</source>
        <translation>拆成各部分后，它的结果与完整网络不一致</translation>
    </message>
    <message>
        <source>This model reads {rows} rows, and there is no row {row}</source>
        <translation>此模型读 {rows} 行，没有第 {row} 行</translation>
    </message>
    <message>
        <source>This model has no unit {unit} in a layer {layer}</source>
        <translation>此模型的第 {layer} 层没有单元 {unit}</translation>
    </message>
    <message>
        <source>{name} is not a device that this program knows: choose one of {known}</source>
        <translation>本程序不认识设备 {name}：请从 {known} 中选择</translation>
    </message>
    <message>
        <source>{label} cannot be used: {reason}</source>
        <translation>无法使用 {label}：{reason}</translation>
    </message>
    <message>
        <source>onnxruntime does not run it: {reason}</source>
        <translation>onnxruntime 无法运行它：{reason}</translation>
    </message>
    <message>
        <source>Something went wrong inside the program ({reason}); the log has the details</source>
        <translation>程序内部出错（{reason}）；详情见日志</translation>
    </message>
    <message>
        <source>The answer cannot be written: {reason}</source>
        <translation>无法写出答案：{reason}</translation>
    </message>
    <message>
        <source>The window needs PySide6, which is not installed: install it with `pip install PySide6-Essentials`</source>
        <translation>窗口需要 PySide6，但尚未安装：请用 `pip install PySide6-Essentials` 安装</translation>
    </message>
    <message>
        <source>Qt cannot be loaded: {reason}</source>
        <translation>无法加载 Qt：{reason}</translation>
    </message>
    <message>
        <source>Qt needs libraries that are missing here, {libraries}: install them (on Debian and Ubuntu with `apt install {packages}`)</source>
        <translation>Qt 所需的库在此缺失：{libraries}。请安装（在 Debian 和 Ubuntu 上用 `apt install {packages}`）</translation>
    </message>
    <message>
        <source>There is no screen here for the window: use `rnn-desk classify` or `rnn-desk render`, which need none, or run it under `xvfb-run`</source>
        <translation>这里没有可显示窗口的屏幕：请改用无需屏幕的 `rnn-desk classify` 或 `rnn-desk render`，或在 `xvfb-run` 下运行</translation>
    </message>
    <message>
        <source>The screen that {variable} names, {value}, does not let this program in: set {variable} to the screen in use, or use `rnn-desk classify` or `rnn-desk render`, which need none</source>
        <translation>{variable} 所指的屏幕 {value} 不允许本程序连接：请将 {variable} 设为正在使用的屏幕，或改用无需屏幕的 `rnn-desk classify` 或 `rnn-desk render`</translation>
    </message>
    <message>
        <source>it has no recurrent layer to go back through</source>
        <translation>它没有可供反向传播的循环层</translation>
    </message>
    <message>
        <source>the input of a recurrent layer is not the states of the layer before it</source>
        <translation>有一个循环层的输入不是前一层的状态</translation>
    </message>
    <message>
        <source>what was worked out does not agree with how its answer changes with the picture: the network is built otherwise than it seems</source>
        <translation>算出的梯度与答案随图片的实际变化不符：网络的结构与看上去不同</translation>
    </message>
    <message>
        <source>its answer depends on more than the states of its last recurrent layer</source>
        <translation>它的答案不只取决于最后一个循环层的状态</translation>
    </message>
    <message>
        <source>its answer depends on {count} states at once, too many for a gradient</source>
        <translation>它的答案同时取决于 {count} 个状态，多得无法求梯度</translation>
    </message>
    <message>
        <source>the input of its first recurrent layer is not single pixels</source>
        <translation>它的第一个循环层的输入不是单个像素</translation>
    </message>
    <message>
        <source>its weights are not known</source>
        <translation>它的权重未知</translation>
    </message>
    <message>
        <source>AMD GPU, MIGraphX</source>
        <translation>AMD GPU（MIGraphX）</translation>
    </message>
    <message>
        <source>Apple GPU, MLX</source>
        <translation>Apple GPU（MLX）</translation>
    </message>
    <message>
        <source>Intel processor, OpenVINO</source>
        <translation>Intel 处理器（OpenVINO）</translation>
    </message>
    <message>
        <source>NVIDIA GPU, TensorRT</source>
        <translation>NVIDIA GPU（TensorRT）</translation>
    </message>
    <message>
        <source>NVIDIA GPU, TensorRT for RTX</source>
        <translation>NVIDIA GPU（TensorRT for RTX）</translation>
    </message>
    <message>
        <source>Qualcomm NPU, QNN</source>
        <translation>Qualcomm NPU（QNN）</translation>
    </message>
    <message>
        <source>install NVIDIA's driver and the TensorRT libraries of onnxruntime's requirements</source>
        <translation>请安装 NVIDIA 驱动程序和 onnxruntime 所需的 TensorRT 库</translation>
    </message>
    <message>
        <source>install NVIDIA's driver, and CUDA's libraries with `pip install "onnxruntime-gpu[cuda,cudnn]"`</source>
        <translation>请安装 NVIDIA 驱动程序，并用 `pip install "onnxruntime-gpu[cuda,cudnn]"` 安装 CUDA 库</translation>
    </message>
    <message>
        <source>install the graphics card's driver, on Linux the one for Vulkan</source>
        <translation>请安装显卡驱动程序（Linux 上为 Vulkan 驱动）</translation>
    </message>
    <message>
        <source>it does not start ({reason}): {remedy}</source>
        <translation>它无法启动（{reason}）：{remedy}</translation>
    </message>
    <message>
        <source>it is made for {systems}</source>
        <translation>它只用于 {systems}</translation>
    </message>
    <message>
        <source>it is not installed: `pip install {package}`, beside onnxruntime</source>
        <translation>它尚未安装：在 onnxruntime 之外再运行 `pip install {package}`</translation>
    </message>
    <message>
        <source>this standalone program was built without it, and nothing can be added: install RNN Desk with pip to use it</source>
        <translation>这个独立程序不含它，也无法添加：要使用它，请用 pip 安装 RNN Desk</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>repair the device's driver and libraries</source>
        <translation>请修复该设备的驱动程序和运行库</translation>
    </message>
    <message>
        <source>onnxruntime ran it on the CPU and does not say why</source>
        <translation>onnxruntime 改在 CPU 上运行，且未说明原因</translation>
    </message>
    <message>
        <source>the installed onnxruntime {version} takes no plug-ins: `pip install -U onnxruntime`</source>
        <translation>已安装的 onnxruntime {version} 不支持插件：请运行 `pip install -U onnxruntime`</translation>
    </message>
    <message>
        <source>the installed onnxruntime {version} was built without it: `pip uninstall onnxruntime`, then `pip install {wheel}` in its place</source>
        <translation>已安装的 onnxruntime {version} 不含它：请先运行 `pip uninstall onnxruntime`，再改装 `pip install {wheel}`</translation>
    </message>
    <message>
        <source>{package} cannot be loaded ({reason}): install the device's driver, or another version of {package}</source>
        <translation>无法加载 {package}（{reason}）：请安装该设备的驱动程序，或换用 {package} 的其他版本</translation>
    </message>
    <message>
        <source>{package} finds no device here that it takes: install the device's driver</source>
        <translation>{package} 在此未找到可用的设备：请安装该设备的驱动程序</translation>
    </message>
    <message>
        <source>{wheels} are installed at once and have overwritten each other: uninstall them all, then install the one that you want</source>
        <translation>{wheels} 同时安装，已相互覆盖：请全部卸载，再安装所需的那一个</translation>
    </message>
    <message>
        <source>{label} was asked for and is not available ({reason}): {remedy}, or use the CPU</source>
        <translation>请求使用 {label}，但无法启用（{reason}）：{remedy}，或改用 CPU</translation>
    </message>
    <message>
        <source>{label} failed while reading a picture: {reason}</source>
        <translation>{label} 在读图时出错：{reason}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON 文件</translation>
    </message>
    <message>
        <source>a GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>a NumPy array</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a Python pickle</source>
        <translation>Python pickle 文件</translation>
    </message>
    <message>
        <source>a Python pickle, as torch saves its weights in</source>
        <translation>Python pickle 文件（torch 以此保存权重）</translation>
    </message>
    <message>
        <source>a TensorFlow Lite model</source>
        <translation>TensorFlow Lite 模型</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip 压缩包</translation>
    </message>
    <message>
        <source>a model in onnxruntime's own format</source>
        <translation>onnxruntime 自有格式的模型</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>a pointer of Git LFS, not the model itself</source>
        <translation>Git LFS 指针，而非模型本身</translation>
    </message>
    <message>
        <source>a safetensors file</source>
        <translation>safetensors 文件</translation>
    </message>
    <message>
        <source>a web page or XML</source>
        <translation>网页或 XML</translation>
    </message>
    <message>
        <source>a zip archive, as torch and Keras save their models in</source>
        <translation>zip 压缩包（torch 和 Keras 以此保存模型）</translation>
    </message>
    <message>
        <source>an HDF5 file, as Keras saves its models in</source>
        <translation>HDF5 文件（Keras 以此保存模型）</translation>
    </message>
    <message>
        <source>checking the network</source>
        <translation>检查网络</translation>
    </message>
    <message>
        <source>it claims a tensor {name} of {shape}, more than {limit} million numbers</source>
        <translation>它声称张量 {name} 的形状为 {shape}，超过 {limit} 百万个数</translation>
    </message>
    <message>
        <source>it claims more than {limit} MiB of weights</source>
        <translation>它声称的权重超过 {limit} MiB</translation>
    </message>
    <message>
        <source>it does not say properly where in {data} its weights are</source>
        <translation>它没有正确说明权重在 {data} 中的位置</translation>
    </message>
    <message>
        <source>it does not say which version of ONNX it was made for: it is not complete</source>
        <translation>它没有说明所用的 ONNX 版本：文件不完整</translation>
    </message>
    <message>
        <source>it has a name that is not text: it is damaged</source>
        <translation>它有一个名称不是文本：文件已损坏</translation>
    </message>
    <message>
        <source>it keeps weights in another file and does not name it: export it as one file</source>
        <translation>它的权重存放在另一个文件中却没有写明文件名：请导出为单个文件</translation>
    </message>
    <message>
        <source>it keeps weights in the file {data}, which is not beside it: put both into one folder, or export it as one file</source>
        <translation>它的权重存放在文件 {data} 中，而该文件不在它旁边：请将两者放入同一文件夹，或导出为单个文件</translation>
    </message>
    <message>
        <source>it keeps weights in {data}, outside its own folder, where this program does not look: export it as one file</source>
        <translation>它的权重存放在自身文件夹之外的 {data} 中，本程序不读取那里：请导出为单个文件</translation>
    </message>
    <message>
        <source>it uses the operator {op} of {domain}, which onnxruntime does not have: export it without custom operators</source>
        <translation>它使用 {domain} 的算子 {op}，而 onnxruntime 没有该算子：请在导出时不使用自定义算子</translation>
    </message>
    <message>
        <source>it uses the operator {op}, which the installed version of ONNX does not have</source>
        <translation>它使用算子 {op}，而已安装的 ONNX 版本没有该算子</translation>
    </message>
    <message>
        <source>it wants {length} bytes from byte {offset} of {data}, which has only {size}: the two files do not belong together, or one is damaged</source>
        <translation>它要读取 {data} 中从第 {offset} 字节起的 {length} 字节，而该文件只有 {size} 字节：两个文件不配套，或其中之一已损坏</translation>
    </message>
    <message>
        <source>its tensor {name} has {have} bytes where its shape wants {size}: it is damaged</source>
        <translation>它的张量 {name} 有 {have} 字节，而其形状需要 {size} 字节：文件已损坏</translation>
    </message>
    <message>
        <source>opening {name}: {stage}…</source>
        <translation>正在打开 {name}：{stage}…</translation>
    </message>
    <message>
        <source>reading the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>starting the network</source>
        <translation>启动网络</translation>
    </message>
    <message>
        <source>trying settings that are less usual</source>
        <translation>正在尝试较少见的设置</translation>
    </message>
    <message>
        <source>finding its input settings</source>
        <translation>寻找合适的输入设置</translation>
    </message>
    <message>
        <source>{file} cannot be understood ({reason})</source>
        <translation>无法理解 {file}（{reason}）</translation>
    </message>
    <message>
        <source>{file} holds no network: it is not an ONNX model, or it is damaged</source>
        <translation>{file} 中没有网络：它不是 ONNX 模型，或已损坏</translation>
    </message>
    <message>
        <source>{file} is not an ONNX model but {reason}: export the model to ONNX</source>
        <translation>{file} 不是 ONNX 模型，而是{reason}：请将模型导出为 ONNX</translation>
    </message>
    <message>
        <source>{file} makes the runtime crash (exit {status}): it is damaged, or made to do harm</source>
        <translation>{file} 使运行库崩溃（退出码 {status}）：它已损坏，或是恶意文件</translation>
    </message>
    <message>
        <source>{file} was changed while it was being opened: open it again</source>
        <translation>{file} 在打开过程中被更改：请重新打开</translation>
    </message>
    <message>
        <source>there is not enough memory for what it computes</source>
        <translation>内存不足，无法完成它的计算</translation>
    </message>
    <message>
        <source>Gradient through the rows</source>
        <translation>逐行梯度</translation>
    </message>
    <message>
        <source>How much the answer depends on each row's state</source>
        <translation>答案对每一行状态的依赖程度</translation>
    </message>
    <message>
        <source>Saliency over the picture</source>
        <translation>图片上叠加显著性</translation>
    </message>
    <message>
        <source>How much the answer depends on each pixel</source>
        <translation>答案对每个像素的依赖程度</translation>
    </message>
    <message>
        <source>The picture alone</source>
        <translation>仅显示图片</translation>
    </message>
    <message>
        <source>Gradient of the answer</source>
        <translation>答案的梯度</translation>
    </message>
    <message>
        <source>Gradient of {name}</source>
        <translation>{name} 的梯度</translation>
    </message>
    <message>
        <source>No gradient for this model: {reason}</source>
        <translation>此模型没有梯度：{reason}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>正在查找设备…</translation>
    </message>
    <message>
        <source>Not usable here</source>
        <translation>此处不可用</translation>
    </message>
    <message>
        <source>digits a second, by how many are read at once</source>
        <translation>每秒识别的数字个数，按一次识别多少个</translation>
    </message>
    <message>
        <source>digits at once</source>
        <translation>一次几个</translation>
    </message>
    <message>
        <source>first run</source>
        <translation>首次运行</translation>
    </message>
    <message>
        <source>stages of one reading</source>
        <translation>一次识读的各步</translation>
    </message>
    <message>
        <source>replay of the gates</source>
        <translation>重算各个门</translation>
    </message>
    <message>
        <source>raster</source>
        <translation>栅格化</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>{device}, loaded in {load} ms</source>
        <translation>{device}，加载用时 {load} 毫秒</translation>
    </message>
    <message>
        <source>All times in milliseconds</source>
        <translation>时间均以毫秒计</translation>
    </message>
    <message>
        <source>No other device can be used here; `rnn-desk devices` says why.</source>
        <translation>这里没有其他设备可用；运行 `rnn-desk devices` 可知原因。</translation>
    </message>
    <message>
        <source>On the CPU: {nodes}</source>
        <translation>在 CPU 上：{nodes}</translation>
    </message>
    <message>
        <source>Where the network runs</source>
        <translation>网络在何处运行</translation>
    </message>
    <message>
        <source>{device}, {cores} cores</source>
        <translation>{device}，{cores} 核</translation>
    </message>
    <message>
        <source>{granted} of {nodes} nodes run on it</source>
        <translation>{nodes} 个节点中有 {granted} 个在其上运行</translation>
    </message>
    <message>
        <source>{part:.0%} of the time in nodes is spent there</source>
        <translation>节点用时的 {part:.0%} 花在其上</translation>
    </message>
    <message>
        <source>{reason}; the CPU reads now</source>
        <translation>{reason}；现由 CPU 读图</translation>
    </message>
    <message>
        <source>its operator {op} does not fit what it is given: {reason}</source>
        <translation>它的算子 {op} 与输入不符：{reason}</translation>
    </message>
    <message>
        <source>its operator {op} fails: {reason}</source>
        <translation>它的算子 {op} 运行出错：{reason}</translation>
    </message>
    <message>
        <source>any shape</source>
        <translation>任意形状</translation>
    </message>
    <message>
        <source>black ink on white</source>
        <translation>白底黑字</translation>
    </message>
    <message>
        <source>white ink on black</source>
        <translation>黑底白字</translation>
    </message>
    <message>
        <source>it does not read digits: of {count} input settings tried on the reference digits, the best ({way}) read {right} of {of} correctly</source>
        <translation>它读不出数字：在参考数字上试过 {count} 种输入设置，最好的一种（{way}）在 {of} 个中读对 {right} 个</translation>
    </message>
    <message>
        <source>it has no input</source>
        <translation>它没有输入</translation>
    </message>
    <message>
        <source>its input cannot be fed as {layout}</source>
        <translation>它的输入不能按 {layout} 排列</translation>
    </message>
    <message>
        <source>its input {name} ({type}, {shape}) does not hold pictures of {least} to {most} pixels a side</source>
        <translation>它的输入 {name}（{type}，{shape}）放不下边长 {least} 至 {most} 像素的图像</translation>
    </message>
    <message>
        <source>its {count} classes are not the ten digits, so how it wants its pictures could not be checked</source>
        <translation>它的 {count} 个类别不是十个数字，因此无法检验它需要怎样的图像</translation>
    </message>
    <message>
        <source>not numbers</source>
        <translation>不是数值</translation>
    </message>
    <message>
        <source>none of its outputs has one vector of numbers for each picture, such as a number for each class</source>
        <translation>它的输出中没有一个能为每幅图像给出一个向量，例如每个类别一个数值</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>{layout}, {range}, {polarity}</source>
        <translation>{layout}，{range}，{polarity}</translation>
    </message>
    <message>
        <source>{file} is the model itself: choose another name for the copy</source>
        <translation>{file} 就是模型本身：请为副本另取名称</translation>
    </message>
    <message>
        <source>{file} was changed since it was opened: open it again</source>
        <translation>{file} 打开后已被更改：请重新打开</translation>
    </message>
    <message>
        <source>no other device can be used here</source>
        <translation>此处没有其他可用设备</translation>
    </message>
    <message>
        <source>the fastest for one digit: {times}</source>
        <translation>读一个数字最快的设备：{times}</translation>
    </message>
    <message>
        <source>Fastest, as measured</source>
        <translation>实测最快的设备</translation>
    </message>
    <message>
        <source>About the model {name}</source>
        <translation>关于模型 {name}</translation>
    </message>
    <message>
        <source>About this model…</source>
        <translation>关于此模型…</translation>
    </message>
    <message>
        <source>Choose automatically</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>轴</translation>
    </message>
    <message>
        <source>Exporter: {name}</source>
        <translation>导出工具：{name}</translation>
    </message>
    <message>
        <source>Input settings from its model card</source>
        <translation>输入设置来自模型卡</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>采用这些设置</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>墨迹</translation>
    </message>
    <message>
        <source>MNIST's mean and deviation</source>
        <translation>按 MNIST 均值与标准差</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>留白</translation>
    </message>
    <message>
        <source>No model card in the file: its input settings were found by trying. With these it reads {part:.1%} of the reference digits correctly</source>
        <translation>文件中没有模型卡：输入设置是试出来的。用这些设置，它读对 {part:.1%} 的参考数字</translation>
    </message>
    <message>
        <source>Operators: {names}</source>
        <translation>算子：{names}</translation>
    </message>
    <message>
        <source>Pixel values</source>
        <translation>像素值</translation>
    </message>
    <message>
        <source>Save a copy of the model</source>
        <translation>保存模型副本</translation>
    </message>
    <message>
        <source>Save a copy with its card…</source>
        <translation>保存带模型卡的副本…</translation>
    </message>
    <message>
        <source>Reading order</source>
        <translation>读取顺序</translation>
    </message>
    <message>
        <source>There is no model yet: wait until it is open</source>
        <translation>还没有模型：请等待打开完成</translation>
    </message>
    <message>
        <source>Settings tried on the reference digits, those in use first:</source>
        <translation>在参考数字上试过的设置，正在使用的排在最前：</translation>
    </message>
    <message>
        <source>as in MNIST</source>
        <translation>同 MNIST</translation>
    </message>
    <message>
        <source>black on white</source>
        <translation>白底黑字</translation>
    </message>
    <message>
        <source>white on black</source>
        <translation>黑底白字</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>build the input scaling into the copy</source>
        <translation>把输入换算写进副本</translation>
    </message>
    <message>
        <source>no gates: {reason}</source>
        <translation>没有门：{reason}</translation>
    </message>
    <message>
        <source>none around the ink</source>
        <translation>墨迹四周无留白</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>turned, by columns</source>
        <translation>转置，按列</translation>
    </message>
    <message>
        <source>upright, by rows</source>
        <translation>正放，按行</translation>
    </message>
    <message>
        <source>{file}, {size:,.0f} kB, opset {opset}</source>
        <translation>{file}，{size:,.0f} kB，算子集 {opset}</translation>
    </message>
    <message>
        <source>{name}: {units} units</source>
        <translation>{name}：{units} 个单元</translation>
    </message>
    <message>
        <source>{right} of {count}</source>
        <translation>{count} 个中对 {right} 个</translation>
    </message>
    <message>
        <source>Its equations are different: {reason}.</source>
        <translation>它的公式有所不同：{reason}。</translation>
    </message>
    <message>
        <source>it has a loop, but no state in it is passed from row to row</source>
        <translation>它含有循环结构，但其中没有逐行传递的状态</translation>
    </message>
    <message>
        <source>its recurrent layers take {steps} steps, which are not the rows of the picture</source>
        <translation>它的循环层走 {steps} 步，与图片的行数不符</translation>
    </message>
    <message>
        <source>the cell is written out in basic operators, and it is not known which of them are its gates</source>
        <translation>该单元由基本算子拼成，无法确定哪些算子是它的门</translation>
    </message>
    <message>
        <source>weights of 8 bits</source>
        <translation>8 位权重</translation>
    </message>
    <message>
        <source>{name} does not know the ten digits, nor all letters, so there is nothing to measure it by</source>
        <translation>{name} 不认识十个数字，也不认识全部字母，因此无从衡量</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>How many digits a second each device reads, one at a time and many at once.</source>
        <translation>每个设备每秒能读多少个数字：逐个读，以及一次读多个。</translation>
    </message>
    <message>
        <source>digits a second</source>
        <translation>每秒数字数</translation>
    </message>
    <message>
        <source>{device} is slower than the CPU however many digits are read at once</source>
        <translation>无论一次读多少个数字，{device} 都比 CPU 慢</translation>
    </message>
    <message>
        <source>{device} overtakes the CPU from {batch} digits at once on</source>
        <translation>一次读 {batch} 个数字起，{device} 快于 CPU</translation>
    </message>
    <message>
        <source>it has no recurrent layer, and its other operators pass no state from row to row</source>
        <translation>它没有循环层，其他算子也没有逐行传递状态</translation>
    </message>
    <message>
        <source>No hidden states can be shown of this network: {reason}. Its answer after each row is shown all the same.</source>
        <translation>无法显示该网络的隐藏状态：{reason}。每一行之后的答案仍会显示。</translation>
    </message>
    <message>
        <source>states: none</source>
        <translation>状态：无</translation>
    </message>
    <message>
        <source>Why is {name} wrong on drawings?</source>
        <translation>{name} 为什么读错手写的数字？</translation>
    </message>
    <message>
        <source>Why is it wrong on my drawings?</source>
        <translation>为什么读错我写的数字？</translation>
    </message>
    <message>
        <source>{label} as {said}</source>
        <translation>{label} 读成 {said}</translation>
    </message>
    <message>
        <source>Save as a page…</source>
        <translation>保存为网页…</translation>
    </message>
    <message>
        <source>Save as a page</source>
        <translation>保存为网页</translation>
    </message>
    <message>
        <source>Accuracy on the {count} reference digits</source>
        <translation>在 {count} 个参考数字上的准确率</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>thin pen (half as wide)</source>
        <translation>细笔（一半粗细）</translation>
    </message>
    <message>
        <source>thick pen (twice as wide)</source>
        <translation>粗笔（两倍粗细）</translation>
    </message>
    <message>
        <source>off-centre (by a seventh of the side)</source>
        <translation>偏离中心（边长的七分之一）</translation>
    </message>
    <message>
        <source>small (two thirds of the size)</source>
        <translation>偏小（三分之二大小）</translation>
    </message>
    <message>
        <source>turned left by 20 degrees</source>
        <translation>左转 20 度</translation>
    </message>
    <message>
        <source>turned right by 20 degrees</source>
        <translation>右转 20 度</translation>
    </message>
    <message>
        <source>Save this view…</source>
        <translation>保存此视图…</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>stroke</source>
        <translation>笔画</translation>
    </message>
    <message>
        <source>component {number}</source>
        <translation>主成分 {number}</translation>
    </message>
    <message>
        <source>Copy the picture of the view that has the focus</source>
        <translation>复制当前视图的图像</translation>
    </message>
    <message>
        <source>Copy the numbers of the view that has the focus</source>
        <translation>复制当前视图的数值</translation>
    </message>
    <message>
        <source>Choose a view first: click it, or press Tab until it has a frame</source>
        <translation>请先选择一个视图：点击它，或按 Tab 键直到它出现边框</translation>
    </message>
    <message>
        <source>{file} should end in .npz, .csv or .json</source>
        <translation>{file} 应以 .npz、.csv 或 .json 结尾</translation>
    </message>
    <message>
        <source>{file} should end in .png, .svg or .pdf</source>
        <translation>{file} 应以 .png、.svg 或 .pdf 结尾</translation>
    </message>
    <message>
        <source>{file} should end in .png: a picture has no strokes to be saved</source>
        <translation>{file} 应以 .png 结尾：图片没有可以保存的笔画</translation>
    </message>
    <message>
        <source>Save the reading as an animation…</source>
        <translation>将读取过程存为动画…</translation>
    </message>
    <message>
        <source>Save the reading as an animation</source>
        <translation>将读取过程存为动画</translation>
    </message>
    <message>
        <source>writing {name}…</source>
        <translation>正在写入 {name}…</translation>
    </message>
    <message>
        <source>How much of the file is written</source>
        <translation>文件写入进度</translation>
    </message>
    <message>
        <source>{file} should end in .gif or .webp</source>
        <translation>{file} 应以 .gif 或 .webp 结尾</translation>
    </message>
    <message>
        <source>{file} would show a reading: name a drawing with --drawing</source>
        <translation>{file} 要显示读取过程：请用 --drawing 指定一个笔迹文件</translation>
    </message>
    <message>
        <source>Replay the strokes</source>
        <translation>重放笔画</translation>
    </message>
    <message>
        <source>Draw it once more as it was drawn, the network reading along</source>
        <translation>按原来的笔画重画一遍，网络同步读取</translation>
    </message>
    <message>
        <source>seconds is one ordinary number for each point</source>
        <translation>seconds 应为每个点对应一个普通数字</translation>
    </message>
    <message>
        <source>seconds run backwards in a stroke</source>
        <translation>笔画中的 seconds 出现倒退</translation>
    </message>
    <message>
        <source>sums to 1</source>
        <translation>总和为 1</translation>
    </message>
    <message>
        <source>{count} numbers a row</source>
        <translation>每行 {count} 个数</translation>
    </message>
    <message>
        <source>Do not show this any more</source>
        <translation>不再显示它</translation>
    </message>
    <message>
        <source>Other tensors…</source>
        <translation>其他张量…</translation>
    </message>
    <message>
        <source>{name}, number {column}</source>
        <translation>{name}，第 {column} 个数</translation>
    </message>
    <message>
        <source>{shown} of {count} maps of {size}</source>
        <translation>{count} 张 {size} 特征图中的 {shown} 张</translation>
    </message>
    <message>
        <source>{count} maps of {size}</source>
        <translation>{count} 张 {size} 特征图</translation>
    </message>
    <message>
        <source>{name}, map {number} of {count}</source>
        <translation>{name}，第 {number}/{count} 张图</translation>
    </message>
    <message>
        <source>its row {row}, column {column}</source>
        <translation>图中第 {row} 行，第 {column} 列</translation>
    </message>
    <message>
        <source>Show other tensors of the network beside its layers</source>
        <translation>在各层旁边显示网络的其他张量</translation>
    </message>
    <message>
        <source>Tensors of {name}</source>
        <translation>{name} 的张量</translation>
    </message>
    <message>
        <source>Find by name or operator</source>
        <translation>按名称或算子查找</translation>
    </message>
    <message>
        <source>What is ticked stands beside the layers. Listed is what runs along the rows of the picture, as it was found by changing one row after the other.</source>
        <translation>勾选的张量显示在各层旁边。列出的是沿图像各行排列的张量，通过逐行改变图像找到。</translation>
    </message>
    <message>
        <source>No other tensor runs along the rows of the picture.</source>
        <translation>没有其他沿图像各行排列的张量。</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>算子</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>weights over the rows</source>
        <translation>各行的权重</translation>
    </message>
    <message>
        <source>{rows} rows of {count}</source>
        <translation>{rows} 行，每行 {count} 个数</translation>
    </message>
    <message>
        <source>each row is read by itself, in {steps} steps</source>
        <translation>每一行单独读取，共 {steps} 步</translation>
    </message>
    <message>
        <source>a step is a pixel, and a row is {steps} of them</source>
        <translation>一步是一个像素，一行有 {steps} 个像素</translation>
    </message>
    <message>
        <source>turned: a row is a column of it</source>
        <translation>已转置：一行是图像的一列</translation>
    </message>
    <message>
        <source>input {place}, of the layer below</source>
        <translation>前一层的第 {place} 个输出</translation>
    </message>
    <message>
        <source>unit {unit}, after the row before</source>
        <translation>单元 {unit}，上一行读完后</translation>
    </message>
    <message>
        <source>{name}
{was} × weight {weight} = {product}</source>
        <translation>{name}
{was} × 权重 {weight} = {product}</translation>
    </message>
    <message>
        <source>where the belief in {name} rises most</source>
        <translation>在这一行，对 {name} 的判断上升最多</translation>
    </message>
    <message>
        <source>, this unit changes most</source>
        <translation>，此单元变化最大</translation>
    </message>
    <message>
        <source>{library} is not found: NVIDIA's driver is not installed</source>
        <translation>找不到 {library}：没有安装 NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>the library {library} is not found</source>
        <translation>找不到库 {library}</translation>
    </message>
    <message>
        <source>the driver or a library is too old, and has no {symbol}</source>
        <translation>驱动程序或某个库太旧，其中没有 {symbol}</translation>
    </message>
    <message>
        <source>a library that it needs is not found</source>
        <translation>找不到它需要的某个库</translation>
    </message>
    <message>
        <source>NVIDIA's driver is too old for this CUDA, or is not running</source>
        <translation>对这个 CUDA 来说 NVIDIA 驱动程序太旧，或者没有在运行</translation>
    </message>
    <message>
        <source>NVIDIA's driver finds no graphics card</source>
        <translation>NVIDIA 驱动程序没有找到显卡</translation>
    </message>
    <message>
        <source>there is no card of that number</source>
        <translation>没有这个编号的显卡</translation>
    </message>
    <message>
        <source>TensorRT's libraries are not found</source>
        <translation>找不到 TensorRT 的库</translation>
    </message>
    <message>
        <source>no graphics device that it takes is found</source>
        <translation>没有找到它能用的图形设备</translation>
    </message>
    <message>
        <source>no Qualcomm processor is found</source>
        <translation>没有找到 Qualcomm 处理器</translation>
    </message>
    <message>
        <source>its memory is full</source>
        <translation>它的内存已满</translation>
    </message>
    <message>
        <source>the connection to it was lost</source>
        <translation>与它的连接已断开</translation>
    </message>
    <message>
        <source>{label} gives other numbers than the CPU: on one picture, probabilities differ by up to {probabilities:.1g}, and hidden states by up to {states:.1g}</source>
        <translation>{label} 算出的数与 CPU 不同：在一张图上，概率最多相差 {probabilities:.1g}，隐藏状态最多相差 {states:.1g}</translation>
    </message>
    <message>
        <source>Next to the CPU, probabilities differ by up to {probabilities:.0e}, hidden states by up to {states:.0e}</source>
        <translation>与 CPU 相比，概率最多相差 {probabilities:.0e}，隐藏状态最多相差 {states:.0e}</translation>
    </message>
    <message>
        <source>It has no {operators}: written out in plain operations, {plain:.1f} ms a digit in place of {operator:.1f} ms</source>
        <translation>它没有 {operators} 算子：改写成普通运算后每个数字 {plain:.1f} 毫秒，原来 {operator:.1f} 毫秒</translation>
    </message>
    <message>
        <source>It has no {operators}: the CPU helps out, {operator:.1f} ms a digit; written out in plain operations it would be {plain:.1f} ms</source>
        <translation>它没有 {operators} 算子：由 CPU 代劳，每个数字 {operator:.1f} 毫秒；改写成普通运算则要 {plain:.1f} 毫秒</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>高对比度（浅色）</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>高对比度（深色）</translation>
    </message>
    <message>
        <source>Watch the network read, row by row</source>
        <translation>看网络逐行读取</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Read the whole picture</source>
        <translation>读完整幅图</translation>
    </message>
    <message>
        <source>Speed of playing</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Unit to the left</source>
        <translation>左边的单元</translation>
    </message>
    <message>
        <source>Unit to the right</source>
        <translation>右边的单元</translation>
    </message>
    <message>
        <source>Layer before</source>
        <translation>前一层</translation>
    </message>
    <message>
        <source>Layer after</source>
        <translation>后一层</translation>
    </message>
    <message>
        <source>Next reference digit</source>
        <translation>下一个参考数字</translation>
    </message>
    <message>
        <source>Put a drawing that ships with the program on the canvas: 0, 1, 2 and so on</source>
        <translation>把程序自带的笔迹放到画布上：0、1、2，依次往后</translation>
    </message>
    <message>
        <source>its answer to a picture is not a number: its weights are damaged</source>
        <translation>它对一幅图像给出的结果不是数：权重已损坏</translation>
    </message>
    <message>
        <source>it does not take pictures as its model card says: {reason}</source>
        <translation>它不能按其模型卡所说的方式接收图像：{reason}</translation>
    </message>
    <message>
        <source>its functions cannot be put in their places: one calls itself, or is not well formed</source>
        <translation>它的函数无法展开：某个函数调用了自身，或格式不正确</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>{label} as {said}: {count}</source>
        <translation>{label} 读成 {said}：{count}</translation>
    </message>
    <message>
        <source>{label}, read as {said}: {count}</source>
        <translation>{label}，读成 {said}：{count}</translation>
    </message>
    <message>
        <source>Rows: the digit drawn. Columns: the digit read.</source>
        <translation>行：所写的数字；列：读出的数字。</translation>
    </message>
    <message>
        <source>Missed, {count}: click one to put it on the canvas</source>
        <translation>读错的数字（{count} 个）：点击可放到画布上</translation>
    </message>
    <message>
        <source>Missed: none</source>
        <translation>没有读错的数字</translation>
    </message>
    <message>
        <source>With other input settings</source>
        <translation>换用其他输入设置</translation>
    </message>
    <message>
        <source>Drawn differently</source>
        <translation>换一种画法</translation>
    </message>
    <message>
        <source>1 map of {size}</source>
        <translation>1 张 {size} 特征图</translation>
    </message>
    <message>
        <source>No states: {reason}</source>
        <translation>没有状态：{reason}</translation>
    </message>
    <message>
        <source>Belief after each row: its own head, applied to that row's state</source>
        <translation>逐行判断：把它自己的输出层用于该行的状态</translation>
    </message>
    <message>
        <source>Belief after each row: its answer to the picture with the rest covered</source>
        <translation>逐行判断：遮住其余部分后它对图像的回答</translation>
    </message>
    <message>
        <source>It reads column after column: a row here is a column of the picture</source>
        <translation>它逐列读取：这里的一行是图像的一列</translation>
    </message>
    <message>
        <source>Classes: {count}: {names}</source>
        <translation>类别 {count} 个：{names}</translation>
    </message>
    <message>
        <source>Accuracy by its card: {parts}</source>
        <translation>其模型卡所述正确率：{parts}</translation>
    </message>
    <message>
        <source>It reads {part:.1%} of {count} reference digits, drawn with a pen in many styles.</source>
        <translation>它读对了 {count} 个参考数字中的 {part:.1%}，这些数字以多种风格用笔画成。</translation>
    </message>
    <message>
        <source>What it missed: {count}</source>
        <translation>读错的数字：{count} 个</translation>
    </message>
    <message>
        <source>{label}, read as {said} ({sure:.0%})</source>
        <translation>{label}，读成 {said}（{sure:.0%}）</translation>
    </message>
    <message>
        <source>Open recent model</source>
        <translation>打开最近的模型</translation>
    </message>
    <message>
        <source>&amp;Teach</source>
        <translation>教学(&amp;T)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>The step before</source>
        <translation>课程的上一步</translation>
    </message>
    <message>
        <source>Close the lesson; the desk is then as it was before</source>
        <translation>结束课程；一切恢复到课程之前</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Explain it to a class, step by step</source>
        <translation>一步一步讲给全班听</translation>
    </message>
    <message>
        <source>Page keys, or a clicker</source>
        <translation>翻页键或翻页笔</translation>
    </message>
    <message>
        <source>{title}  ·  step {step} of {steps}  ·  {models}</source>
        <translation>{title}  ·  第 {step} 步（共 {steps} 步）  ·  {models}</translation>
    </message>
    <message>
        <source>opening the model…</source>
        <translation>正在打开模型…</translation>
    </message>
    <message>
        <source>While it learns</source>
        <translation>学习过程中</translation>
    </message>
    <message>
        <source>after {steps:,} steps of training</source>
        <translation>训练 {steps:,} 步之后</translation>
    </message>
    <message>
        <source>{name}: {description}</source>
        <translation>{name}：{description}</translation>
    </message>
    <message>
        <source>There is no lesson {name}: choose from {known}</source>
        <translation>没有名为 {name} 的课程：请从 {known} 中选择</translation>
    </message>
    <message>
        <source>The lesson {name} has steps 1 to {last}</source>
        <translation>课程 {name} 的步骤为 1 到 {last}</translation>
    </message>
    <message>
        <source>two wide LSTM layers, the best reader</source>
        <translation>两个较宽的 LSTM 层，读得最准</translation>
    </message>
    <message>
        <source>two LSTM layers, with gates and a memory</source>
        <translation>两个 LSTM 层，有门和记忆</translation>
    </message>
    <message>
        <source>one GRU layer, with gates alone</source>
        <translation>一个 GRU 层，只有门</translation>
    </message>
    <message>
        <source>one plain layer, without gates</source>
        <translation>一个普通层，没有门</translation>
    </message>
    <message>
        <source>reads from the top and from the bottom</source>
        <translation>从上往下读，也从下往上读</translation>
    </message>
    <message>
        <source>weighs the rows before it answers</source>
        <translation>作答前给各行加权</translation>
    </message>
    <message>
        <source>reads each row pixel by pixel</source>
        <translation>每一行逐个像素地读</translation>
    </message>
    <message>
        <source>reads from left to right</source>
        <translation>从左往右读</translation>
    </message>
    <message>
        <source>sees the whole picture at once</source>
        <translation>一次看到整张图</translation>
    </message>
    <message>
        <source>One row is one moment</source>
        <translation>一行就是一个时刻</translation>
    </message>
    <message>
        <source>This network never sees the whole picture. It reads one row of 28 pixels after the other, from the top down: a row is a moment.</source>
        <translation>这个网络从来看不到整张图。它从上往下，一行一行地读，每行 28 个像素：一行就是一个时刻。</translation>
    </message>
    <message>
        <source>Read across the marked row: these pixels come in, this is the state that the network keeps, and this is what it believes so far. The rows below are dimmed: it has not read them yet.</source>
        <translation>沿着标出的这一行横着看：这些像素读进来，这是网络记住的状态，这是它此刻的判断。下面各行颜色变淡，因为还没有读到。</translation>
    </message>
    <message>
        <source>Now watch it read. Every row changes the state, and the state is all that it still has of the rows above.</source>
        <translation>现在看它读。每读一行，状态就变一次；上面各行留给它的，只有这个状态。</translation>
    </message>
    <message>
        <source>The digit in each row of the belief is the guess after that row. Below the dashed line it never changes again: there the answer has settled.</source>
        <translation>逐行判断里每一行的数字，是读完该行后的猜测。虚线以下猜测不再改变：答案在这里定下来了。</translation>
    </message>
    <message>
        <source>Every state is a point on this map, and a digit is a path of 28 states; a double click shows it alone. The thin paths are other digits, in a colour for each kind: see with which of them this one goes, and where it leaves them.</source>
        <translation>每个状态是这张轨迹图上的一个点，一个数字就是 28 个状态连成的路径；双击可单独放大。细线是别的数字，每种一个颜色：看它先与谁同行，又在哪里分开。</translation>
    </message>
    <message>
        <source>A plain RNN: hₜ = tanh(W xₜ + U hₜ₋₁ + b)</source>
        <translation>普通 RNN：hₜ = tanh(W xₜ + U hₜ₋₁ + b)</translation>
    </message>
    <message>
        <source>One column is one unit of the network: a single number h, worked out anew after every row. Follow the marked column down the picture: orange is above zero, blue below.</source>
        <translation>一列就是网络的一个单元：一个数 h，每读一行重新算一次。顺着标出的这一列往下看：橙色大于零，蓝色小于零。</translation>
    </message>
    <message>
        <source>First, the pixels. The unit has 28 weights W, one for each pixel of the row. The strips below show the pixels, the weights, and their products: added up, these are W x.</source>
        <translation>先看像素。单元有 28 个权重 W，这一行的每个像素对应一个。下面的条带依次是像素、权重和它们的乘积：加起来就是 W x。</translation>
    </message>
    <message>
        <source>Second, the past. In the same way U h adds up the states of all units after the row above, each with its weight. Through this sum alone does the network remember anything.</source>
        <translation>再看过去。同样地，U h 把上一行之后所有单元的状态各乘一个权重，再加起来。网络的记忆全靠这个和。</translation>
    </message>
    <message>
        <source>A constant b is added, and tanh squashes the sum into −1 to 1. That is all: the same W, U and b at every row. It is one network that reads row after row, not one for each row.</source>
        <translation>再加一个常数 b，由 tanh 压到 −1 与 1 之间。就这么多：每一行用的都是同样的 W、U 和 b。是同一个网络一行行地读，而不是每行一个网络。</translation>
    </message>
    <message>
        <source>Your turn: click another unit, and move through the rows. Which units follow the pixels of the row, and which hold on to something from further up?</source>
        <translation>轮到你了：点选别的单元，在各行之间移动。哪些单元跟着这一行的像素走，哪些单元记着更上面的东西？</translation>
    </message>
    <message>
        <source>Gates: what an LSTM keeps, and what it lets go</source>
        <translation>门：LSTM 留下什么，忘掉什么</translation>
    </message>
    <message>
        <source>A plain RNN rewrites every state at every row. In an LSTM, each unit also has a memory, the cell state c. Here it is, for every unit of layer 1.</source>
        <translation>普通 RNN 每读一行就改写全部状态。在 LSTM 里，每个单元还有一份记忆，即细胞状态 c：这里是第 1 层每个单元的 c。</translation>
    </message>
    <message>
        <source>The new cell state is cₜ = f ⊙ cₜ₋₁ + i ⊙ g (⊙: times, unit by unit): f says how much of the old one stays, the input gate i how much of the candidate g comes in. Below are the numbers of the marked unit.</source>
        <translation>新的细胞状态是 cₜ = f ⊙ cₜ₋₁ + i ⊙ g（⊙：逐个单元相乘）：f 决定旧的留下多少，输入门 i 决定候选值 g 进来多少。下方是标出的单元的数值。</translation>
    </message>
    <message>
        <source>The output gate o says how much of the memory is shown: h = o ⊙ tanh(c). The other units, the layer above and the answer see h alone; c stays private.</source>
        <translation>输出门 o 决定记忆露出多少：h = o ⊙ tanh(c)。其他单元、后一层和答案都只看得到 h，c 是自己的。</translation>
    </message>
    <message>
        <source>And here a unit lets go: in the marked row its f is near 0, so that little is left of what c held. What stands there from now on was written by this row and those after it.</source>
        <translation>这里有一个单元在遗忘：在标出的这一行，它的 f 接近 0，c 原来记着的东西所剩无几。此后留在那里的，是这一行和后面各行写下的。</translation>
    </message>
    <message>
        <source>Your turn: in the lab, hold i, f, o and the candidate g one after the other at their mean, in layer 1 and in layer 2. Which may stand still, and which must move with the picture?</source>
        <translation>轮到你了：在实验室里，在第 1 层和第 2 层，把 i、f、o 和候选值 g 逐个固定为平均值。哪些可以不动，哪些必须随图变动？</translation>
    </message>
    <message>
        <source>Back-propagation through time</source>
        <translation>随时间反向传播</translation>
    </message>
    <message>
        <source>It is worked out backwards: from the answer to the last row, from there to the row above, and so on to the first. That is back-propagation through time. Each grid line is ten times the one before.</source>
        <translation>梯度是倒着算的：从答案到最后一行，再到上面一行，一直到第一行。这就是随时间反向传播。每条网格线是前一条的十倍。</translation>
    </message>
    <message>
        <source>Each step back multiplies by U and by the slope of tanh, which is at most 1. After many rows little is left: the gradient vanishes. What the first rows did is hard to learn from.</source>
        <translation>每往回一行，就要乘一次 U，再乘一次 tanh 的斜率，而斜率最大是 1。过了许多行便所剩无几：梯度消失了。前几行做了什么，很难再从中学到。</translation>
    </message>
    <message>
        <source>Not all of that is in the equations: before training, about as little is left at row 1 in the LSTM as in the plain RNN, and least in the GRU. To keep their gates open is something both had to learn.</source>
        <translation>这并不全是公式带来的：训练之前，LSTM 在第 1 行剩下的梯度几乎和普通 RNN 一样少，GRU 最少。让门一直开着，是两者在训练中才学到的。</translation>
    </message>
    <message>
        <source>Where U stretches instead, each step back can make it larger: then it explodes, and one step of learning would throw all weights far off. Training guards against that: a gradient longer than 1 is cut to 1.</source>
        <translation>如果 U 是放大的，每往回一步梯度都可能变大：梯度就爆炸了，一步学习会把所有权重甩得很远。训练时会防止这一点：长度超过 1 的梯度被截短到 1。</translation>
    </message>
    <message>
        <source>A CNN is a different thing</source>
        <translation>CNN 是另一回事</translation>
    </message>
    <message>
        <source>A convolutional network has no first row: it takes in the whole picture at once, with no time and no state. For a belief at each row, the desk covers the rows below it and asks anew; an empty picture it takes for a 1.</source>
        <translation>卷积网络没有第一行：它一次看到整张图，没有时间，也没有状态。要得到每一行的判断，就遮住该行以下各行，重新问它；空白的图它当成 1。</translation>
    </message>
    <message>
        <source>In place of states it has feature maps: small pictures of where a pattern was found, an edge, a bend, an end. The same small filter looks at every place of the picture.</source>
        <translation>它没有状态，只有特征图：一张张小图，标出某种模式在哪里出现，如一条边、一个弯、一个端点。同一个小滤波器看遍图上每一处。</translation>
    </message>
    <message>
        <source>A is the LSTM, B the CNN, on the same drawing. The LSTM has a belief of its own after every row; the CNN must be asked anew for each, with the rows below covered.</source>
        <translation>A 是 LSTM，B 是 CNN，读的是同一个数字。LSTM 每读一行自己就有判断；对 CNN，每一行都要遮住下面各行，重新问它。</translation>
    </message>
    <message>
        <source>How it learned to read</source>
        <translation>它是怎样学会认数字的</translation>
    </message>
    <message>
        <source>After 60 steps. At each step it reads 128 pictures, and every weight moves a little, against the gradient of the error. The states begin to answer to the picture: four digits of ten are read, but not this 4.</source>
        <translation>60 步之后。每一步读 128 张图，然后每个权重都逆着误差的梯度挪动一点。状态开始随图变化：十个数字能认对四个，但这个 4 还认不出。</translation>
    </message>
    <message>
        <source>After 550 steps. The states stand out in stripes: units have found something to look for, and keep it for some rows. Of 100 test digits 97 are read, and this 4 surely.</source>
        <translation>550 步之后。状态出现一条条竖纹：单元找到了各自要看的东西，并能记住若干行。100 个测试数字能认对 97 个，这个 4 也认得很有把握。</translation>
    </message>
    <message>
        <source>After 2,200 steps. From here on it learns the rare and the sloppy digits, and learning gets slow: the last per cent takes longest.</source>
        <translation>2,200 步之后。从这里起，它学的是少见的和潦草的数字，学得越来越慢：最后百分之一最费时间。</translation>
    </message>
    <message>
        <source>The finished network. It still changes its mind on the way down, and rightly so: the first rows of this 4 may be those of a 7 or of a 1.</source>
        <translation>训练好的网络。往下读时它仍会改变主意，而且改得有理：这个 4 的头几行，也可能是 7 或 1 的头几行。</translation>
    </message>
    <message>
        <source>Where attention looks</source>
        <translation>注意力看向哪里</translation>
    </message>
    <message>
        <source>The weights are numbers from 0 to 1, and all of them together make 1. Point at a row: its weight, and the state that it weighs, lie on one line.</source>
        <translation>权重是 0 到 1 之间的数，全部加起来是 1。指向某一行：它的权重和被加权的状态在同一条线上。</translation>
    </message>
    <message>
        <source>Another digit, other weights. They are no part of what was learnt once and for all: the network works them out anew for every picture, from the states.</source>
        <translation>换一个数字，权重就不同。权重不是一次学好便固定下来的：网络对每张图都根据状态重新计算。</translation>
    </message>
    <message>
        <source>Your turn: draw a 1 and a 7, a 3 and an 8. Do the weights lie where you would look to tell them apart? They need not: attention shows what was used, not why.</source>
        <translation>轮到你了：写一个 1 和一个 7，一个 3 和一个 8。权重是不是落在你会去看的地方？不一定：注意力说的是用到了什么，而不是为什么。</translation>
    </message>
    <message>
        <source>Reading both ways</source>
        <translation>从两头读</translation>
    </message>
    <message>
        <source>One layer, two directions: one half of it reads the picture from the top down, as before, the other half from the bottom up, with weights of its own. Their states stand side by side.</source>
        <translation>一层，两个方向：它的一半（正向层）和先前一样从上往下读，另一半（反向层）从下往上读，各有各的权重。两边的状态并排在一起。</translation>
    </message>
    <message>
        <source>The answer joins the two where each has seen everything: the way down after row 28, the way up after row 1.</source>
        <translation>答案把两边各自看完整张图之后的状态合起来：正向层在第 28 行之后，反向层在第 1 行之后。</translation>
    </message>
    <message>
        <source>Your turn: draw, and move through the rows. Where does the way up know more than the way down?</source>
        <translation>轮到你了：写一个数字，逐行移动。在哪里反向层比正向层知道得多？</translation>
    </message>
    <message>
        <source>Here are three networks over one another, each layer as a part of what it has at the last row. In the GRU, the gate z can leave a state as it was; then the gradient, too, passes that row unchanged.</source>
        <translation>这里把三个网络的梯度叠在一起，每一层都按它在最后一行的大小折算。在 GRU 里，门 z 可以让状态保持不变；这时梯度经过这一行也不变。</translation>
    </message>
    <message>
        <source>Your turn: draw, and compare the lines at row 14: the RNN's is nearly always left of LSTM 1. Then switch on the saliency (S): in orange, more ink would speak for the answer, in blue against it, even where there is no ink yet.</source>
        <translation>轮到你了：写一个数字，在第 14 行比较这几条线：RNN 的线几乎总在 LSTM 1 的左边。再打开显著性（S）：橙色处，多一点墨会支持这个答案；蓝色处，会反对它，还没有墨的地方也一样。</translation>
    </message>
    <message>
        <source>Below is the same unit through all rows, from the top down. Where f is near 1, and i or g near 0, c stays as it is: what one row wrote is still there many rows later.</source>
        <translation>下面是同一个单元读过各行的情形，从上往下。凡是 f 接近 1、而 i 或 g 接近 0 的地方，c 就保持原样：某一行写下的东西，过了许多行还在。</translation>
    </message>
    <message>
        <source>Gates decide what happens to it: numbers from 0, shut, to 1, open. This is the forget gate f. It might better be called the keep gate: full green is 1, keep all; no green is 0, forget.</source>
        <translation>记忆如何变化由门决定。门是 0 到 1 之间的数：0 是关，1 是开。这是遗忘门 f，其实叫“保留门”更合适：全绿是 1，全部保留；没有绿色是 0，忘掉。</translation>
    </message>
    <message>
        <source>In the LSTM, the gradient goes back along the cell: cₜ = f ⊙ cₜ₋₁ + i ⊙ g, so each row multiplies it by f, and f can stay near 1. In layer 1 more is left than in the RNN; in layer 2, which learnt to keep less, not much more.</source>
        <translation>在 LSTM 里，梯度沿着细胞状态往回走：cₜ = f ⊙ cₜ₋₁ + i ⊙ g，每一行都乘以 f，而 f 可以一直接近 1。第 1 层留下的比 RNN 多；第 2 层学会留的少，就多不了多少。</translation>
    </message>
    <message>
        <source>Your turn: clear the canvas, draw a digit, and go back through the steps: your drawing stays. When did the network begin to read it?</source>
        <translation>轮到你了：清空画布，写一个数字，再一步步往回走，你写的会留着。网络从什么时候开始能认出它？</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>with others {best:.1%}, too little more to choose them over the more usual ones</source>
        <translation>用其他设置为 {best:.1%}，相差太小，因此仍用较常见的设置</translation>
    </message>
    <message>
        <source>Parameters: {count:,}</source>
        <translation>参数：{count:,} 个</translation>
    </message>
    <message>
        <source>Input: {tensors}</source>
        <translation>输入：{tensors}</translation>
    </message>
    <message>
        <source>Output: {tensors}</source>
        <translation>输出：{tensors}</translation>
    </message>
    <message>
        <source>{part:.1%} of {count}</source>
        <translation>{part:.1%}（共 {count} 个）</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Copied the picture: {name}</source>
        <translation>已复制图像：{name}</translation>
    </message>
    <message>
        <source>Copied the numbers: {name}</source>
        <translation>已复制数值：{name}</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>A reference digit, a {name}; its state at this row is {distance:.2f} away.
Near states need not get the same answer: it weighs some directions far more
than others. click: put it on the canvas</source>
        <translation>参考数字 {name}：在这一行，其状态与你的相距 {distance:.2f}。
状态相近，答案不一定相同：答案更看重某些方向。
点击：放到画布上</translation>
    </message>
    <message>
        <source>Feature maps, the tensor {name}: where in the picture each filter found its pattern.
They have no order of rows: all of them are worked out at once.</source>
        <translation>特征图（张量 {name}）：每个滤波器在图片何处找到了它的模式。
它们没有行的先后：全部一次算出。</translation>
    </message>
    <message>
        <source>How much of the gradient is left at each row, of what it is at the last one:
where a line is far to the left, that row could teach the network little.
Every grid line is ten times the one before.</source>
        <translation>各行剩下多少梯度（与最后一行相比）：
曲线偏左之处，那一行几乎教不了网络什么。
每条网格线是前一条的十倍。</translation>
    </message>
    <message>
        <source>How much the answer would change with the state after each row: the norm of the
gradient, back-propagated through time. Every grid line is ten times the one before.
click: another class, or RNN, GRU and LSTM over one another</source>
        <translation>答案随每行之后的状态变化多少：随时间反向传播的梯度的范数。
每条网格线是前一条的十倍。
点击：换一个类别，或把 RNN、GRU、LSTM 叠在一起</translation>
    </message>
    <message>
        <source>Saliency: orange, more ink there would make the class more probable; blue, less.
It is the gradient of log p by each pixel.</source>
        <translation>显著性：橙色处多一点墨，该类更可能；蓝色处则更不可能。
它是 log p 对每个像素的梯度。</translation>
    </message>
    <message>
        <source>The picture as the network gets it: one row after the other, from the top.
A row is a moment, so time runs downwards here and in all views beside it.</source>
        <translation>网络得到的图片：自上而下，一行接一行。
一行就是一个时刻，所以此处和旁边各视图中，时间都向下流。</translation>
    </message>
    <message>
        <source>What the network answers after each row: {how}.
One column a class; the most probable one of each row is named, by ? where the drawing is unlike anything that was learnt.
From the dashed line on the answer stays the same, and more than half probable.</source>
        <translation>每行之后网络的答案：{how}。
每列一个类别；每行最可能的类别写在格中，笔迹与学过的都不像时写作“?”。
从虚线起答案不再改变，且概率过半。</translation>
    </message>
    <message>
        <source>a gate: 0 is shut, 1, full green, is open.</source>
        <translation>门：0 为关，1（全绿）为开。</translation>
    </message>
    <message>
        <source>blue is below 0, orange above; the stronger, the farther from 0.</source>
        <translation>蓝色小于 0，橙色大于 0；颜色越深，离 0 越远。</translation>
    </message>
    <message>
        <source>by its own output layer, as if the picture ended there</source>
        <translation>用它自己的输出层，就像图片到此为止</translation>
    </message>
    <message>
        <source>click: what lies over the picture</source>
        <translation>点击：图片上叠加什么</translation>
    </message>
    <message>
        <source>pixel {place} of the row, as the layer gets it</source>
        <translation>该行第 {place} 个像素（层所得到的值）</translation>
    </message>
    <message>
        <source>to the picture with the rows below covered</source>
        <translation>针对遮住下面各行的图片</translation>
    </message>
    <message>
        <source>{name}: how much of each row's state the network takes for its answer; all rows together are 1</source>
        <translation>{name}：网络的答案取每行状态多少；各行合计为 1</translation>
    </message>
    <message>
        <source>{name}: the tensor's numbers, a line a row</source>
        <translation>{name}：张量的数值，每行一条</translation>
    </message>
    <message>
        <source>{quantity} of {layer}: one column a unit, one line a row; {colours}
click: another state or gate, another order of the units</source>
        <translation>{layer} 的 {quantity}：一列一个单元，一横行一行图片；{colours}
点击：换状态或门，换单元的次序</translation>
    </message>
    <message>
        <source>The map is being made…</source>
        <translation>正在生成状态轨迹图…</translation>
    </message>
    <message>
        <source>The sheet is full: clear it, or undo some strokes</source>
        <translation>画布已满：请清空，或撤销几笔</translation>
    </message>
    <message>
        <source>its eraser strokes pass over too much ink to be worked out</source>
        <translation>其中的橡皮笔画擦过的墨迹太多，无法计算</translation>
    </message>
    <message>
        <source>{file} is no file of drawings: it has only empty lines</source>
        <translation>{file} 不是笔迹文件：其中只有空行</translation>
    </message>
    <message>
        <source>its model card names more than {most} classes</source>
        <translation>其模型卡列出的类别超过 {most} 个</translation>
    </message>
    <message>
        <source>Draw something first</source>
        <translation>请先写一个数字</translation>
    </message>
    <message>
        <source>There is no step to take back</source>
        <translation>没有可撤销的步骤</translation>
    </message>
    <message>
        <source>There is no undone step to redo</source>
        <translation>没有可重做的步骤</translation>
    </message>
    <message>
        <source>The canvas is empty</source>
        <translation>画布是空的</translation>
    </message>
    <message>
        <source>Choose a row first</source>
        <translation>请先选择一行</translation>
    </message>
    <message>
        <source>Choose a unit of the first model first; the lab says where it has none</source>
        <translation>请先选择第一个模型的一个单元；若它没有单元，实验室中会说明</translation>
    </message>
    <message>
        <source>Choose a row first; the lab says where the model has no state</source>
        <translation>请先选择一行；若模型没有状态，实验室中会说明</translation>
    </message>
    <message>
        <source>Nothing is done in the lab</source>
        <translation>实验室中没有任何改动</translation>
    </message>
    <message>
        <source>This is the lesson's last step</source>
        <translation>这是本课的最后一步</translation>
    </message>
    <message>
        <source>This is the lesson's first step</source>
        <translation>这是本课的第一步</translation>
    </message>
    <message>
        <source>No lesson is open</source>
        <translation>没有打开课程</translation>
    </message>
    <message>
        <source>What was dropped is no picture and no file of this computer: save it first</source>
        <translation>拖放的内容既不是图片，也不是本机上的文件：请先保存它</translation>
    </message>
    <message>
        <source>There is no model {name}: choose from {known}, or name a file</source>
        <translation>没有名为 {name} 的模型：请从 {known} 中选择，或指定一个文件</translation>
    </message>
    <message>
        <source>Standard input is closed: name a file</source>
        <translation>标准输入已关闭：请指定一个文件</translation>
    </message>
    <message>
        <source>Standard input cannot be read: {reason}</source>
        <translation>无法读取标准输入：{reason}</translation>
    </message>
    <message>
        <source>Standard input is longer than {limit} MiB, which is more than any file here can need</source>
        <translation>标准输入超过 {limit} MiB，这里的任何文件都不需要这么大</translation>
    </message>
    <message>
        <source>The file would be written to the terminal: redirect it, as in `&gt; FILE`</source>
        <translation>文件会被写到终端上：请重定向，例如 `&gt; FILE`</translation>
    </message>
    <message>
        <source>The window cannot be as small as {width} x {height}: what it shows needs {least_width} x {least_height}</source>
        <translation>窗口不能小到 {width} x {height}：其内容需要 {least_width} x {least_height}</translation>
    </message>
    <message>
        <source>a picture is an array of uint8, [rows, columns], 0 black .. 255 white</source>
        <translation>图片应为 uint8 数组，[rows, columns]，0 为黑，255 为白</translation>
    </message>
    <message>
        <source>{file} is a model: name the digits that are to be read</source>
        <translation>{file} 是一个模型：请指定要识别的数字</translation>
    </message>
    <message>
        <source>{file} has no labels beside it: name them with --labels</source>
        <translation>{file} 旁边没有标签文件：请用 --labels 指定</translation>
    </message>
    <message>
        <source>{file} holds neither a folder for each class nor IDX images: name a file in it</source>
        <translation>{file} 中既没有按类别分的文件夹，也没有 IDX 图片：请指定其中的一个文件</translation>
    </message>
    <message>
        <source>{file} holds no digit that can be judged: `rnn-desk evaluate -h` says how labels are given</source>
        <translation>{file} 中没有可以评判的数字：`rnn-desk evaluate -h` 说明怎样给出标签</translation>
    </message>
    <message>
        <source>No folder in {file} is named as a class that the model knows, such as {name}: name a folder that has one for each class</source>
        <translation>{file} 中没有以模型所知类别（例如 {name}）命名的文件夹：请指定一个每个类别都有一个文件夹的文件夹</translation>
    </message>
    <message>
        <source>{file} holds several files of images: name one of {names}</source>
        <translation>{file} 中有多个图片文件：请指定 {names} 中的一个</translation>
    </message>
    <message>
        <source>{file} says itself what its digits are: leave --labels out</source>
        <translation>{file} 自身已说明其数字是什么：请去掉 --labels</translation>
    </message>
    <message>
        <source>{file} writes digits: leave --save and --report out</source>
        <translation>{file} 是书写数字的模型：请去掉 --save 和 --report</translation>
    </message>
    <message>
        <source>{labels} does not hold one label for each image of {images}</source>
        <translation>{labels} 中的标签与 {images} 中的图片并非一一对应</translation>
    </message>
    <message>
        <source>{file} is no lesson: it needs a title and steps, each a [[step]]</source>
        <translation>{file} 不是课程：它需要 title 和若干步骤，每步为一个 [[step]]</translation>
    </message>
    <message>
        <source>{file} has more than {most} steps</source>
        <translation>{file} 的步骤超过 {most} 个</translation>
    </message>
    <message>
        <source>{file}, step {step}: it needs words, at most {most} characters of them</source>
        <translation>{file}，第 {step} 步：需要 words，且不超过 {most} 个字符</translation>
    </message>
    <message>
        <source>{file}, step {step}: {reason}</source>
        <translation>{file}，第 {step} 步：{reason}</translation>
    </message>
    <message>
        <source>Not opened as well: {names}</source>
        <translation>未一并打开：{names}</translation>
    </message>
    <message>
        <source>This view shows no numbers that could be copied yet</source>
        <translation>此视图尚无可复制的数值</translation>
    </message>
    <message>
        <source>{file} is not written: another animation was asked for</source>
        <translation>{file} 未写入：已要求保存另一个动画</translation>
    </message>
    <message>
        <source>This model shows no layers to choose a unit of</source>
        <translation>此模型没有可供选择单元的层</translation>
    </message>
    <message>
        <source>Lift the pen first: a stroke is being drawn</source>
        <translation>请先抬笔：正在书写一笔</translation>
    </message>
    <message>
        <source>This stroke can take no more points: lift the pen</source>
        <translation>这一笔不能再长了：请抬笔</translation>
    </message>
    <message>
        <source>A process that runs models has neither computed nor answered for {seconds:g} s and was ended: try again</source>
        <translation>运行模型的进程已有 {seconds:g} 秒既未计算也未应答，已被终止：请重试</translation>
    </message>
    <message>
        <source>The process that ran {file} was ended from outside</source>
        <translation>运行 {file} 的进程已被外部终止</translation>
    </message>
    <message>
        <source>The process that runs models could not be started (exit {status}): start the program again; if that does not help, install it again</source>
        <translation>无法启动运行模型的进程（退出码 {status}）：请重新启动程序；如果仍无效，请重新安装</translation>
    </message>
    <message>
        <source>The process that runs the program's own models ended {count} times (exit {status}): choose a model to try again</source>
        <translation>运行程序自带模型的进程已 {count} 次意外结束（退出码 {status}）：请选择一个模型以重试</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>已被停止</translation>
    </message>
    <message>
        <source>its gradient for this picture is not a number</source>
        <translation>它对这幅图像给出的梯度不是数</translation>
    </message>
    <message>
        <source>its states are no numbers</source>
        <translation>它的状态不是数</translation>
    </message>
    <message>
        <source>{file} answered with something that no reader of digits answers, and was stopped</source>
        <translation>{file} 给出了任何读数字的模型都不会给出的应答，已被停止</translation>
    </message>
    <message>
        <source>{file} answers this picture with what is no number: draw something else, or open another model</source>
        <translation>{file} 对这幅图像给出的结果不是数：请画别的内容，或打开另一个模型</translation>
    </message>
    <message>
        <source>{file} computed for more than {seconds:g} s over one picture, and was stopped</source>
        <translation>{file} 计算一幅图像用时超过 {seconds:g} 秒，已被停止</translation>
    </message>
    <message>
        <source>{file} computed for more than {seconds:g} s over what it was to write, and was stopped</source>
        <translation>{file} 书写计算用时超过 {seconds:g} 秒，已被停止</translation>
    </message>
    <message>
        <source>{file} is not open any more: open it again</source>
        <translation>{file} 已不再打开：请重新打开</translation>
    </message>
    <message>
        <source>{file} made its process crash over this picture (exit {status})</source>
        <translation>{file} 在读这幅图像时使其进程崩溃（退出码 {status}）</translation>
    </message>
    <message>
        <source>{file} needs more than {mebibytes} MiB of memory, far more than a reader of digits can need, and was stopped</source>
        <translation>{file} 需要超过 {mebibytes} MiB 内存，远超读数字的模型所需，已被停止</translation>
    </message>
    <message>
        <source>{file} was not understood within {seconds:g} s of computing and was given up: it may never come to an end</source>
        <translation>{file} 在 {seconds:g} 秒的计算时间内未能分析完毕，已放弃：它可能永远不会结束</translation>
    </message>
    <message>
        <source>{reason}; the drawing is kept, and the program's own model reads on</source>
        <translation>{reason}；笔迹已保留，改由程序自带的模型继续读</translation>
    </message>
    <message>
        <source>{file} was not opened</source>
        <translation>未打开 {file}</translation>
    </message>
    <message>
        <source>{reason}; the program's own model reads instead</source>
        <translation>{reason}；改由程序自带的模型来读</translation>
    </message>
    <message>
        <source>{reason}; {name} reads on</source>
        <translation>{reason}；改由 {name} 继续读</translation>
    </message>
    <message>
        <source>{file}: {field} in it is of no use</source>
        <translation>{file}：其中的 {field} 无法使用</translation>
    </message>
    <message>
        <source>{field} may not stand in such a file</source>
        <translation>这种文件里不能有 {field}</translation>
    </message>
    <message>
        <source>{field} in it is of no use</source>
        <translation>其中的 {field} 无法使用</translation>
    </message>
    <message>
        <source>{field} in it is of no use: {reason}</source>
        <translation>其中的 {field} 无法使用：{reason}</translation>
    </message>
    <message>
        <source>{file} was saved by a newer version of RNN Desk, which is needed to open it</source>
        <translation>{file} 由更新版本的 RNN Desk 保存，需用该版本打开</translation>
    </message>
    <message>
        <source>{file} names the model {model}, which is neither inside it nor one of the program's own</source>
        <translation>{file} 指定的模型 {model} 既不在该文件中，也不是本程序自带的模型</translation>
    </message>
    <message>
        <source>{file} is no desk that RNN Desk has saved, or it is damaged</source>
        <translation>{file} 不是 RNN Desk 保存的工作台，或已损坏</translation>
    </message>
    <message>
        <source>{file} holds more than a saved desk can need, and is not opened</source>
        <translation>{file} 的内容超出一个工作台所需，未打开</translation>
    </message>
    <message>
        <source>The model {model} inside {file} is damaged: get the file again</source>
        <translation>{file} 中的模型 {model} 已损坏：请重新获取该文件</translation>
    </message>
    <message>
        <source>{file} keeps weights in {data}, and a desk takes along only what lies beside the model: export it as one file</source>
        <translation>{file} 的权重存放在 {data} 中，而工作台只带上与模型在同一文件夹的文件：请将模型导出为单个文件</translation>
    </message>
    <message>
        <source>it is not an ONNX model, or it is damaged</source>
        <translation>它不是 ONNX 模型，或已损坏</translation>
    </message>
    <message>
        <source>The desk did not come back after a crash: {file} is damaged, and is set aside</source>
        <translation>崩溃后未能恢复工作台：{file} 已损坏，已移到一旁</translation>
    </message>
    <message>
        <source>The desk came back {count} times after a crash and the program ended each time: {file} is set aside</source>
        <translation>崩溃后工作台已恢复 {count} 次，每次程序都随即结束：{file} 已移到一旁</translation>
    </message>
    <message>
        <source>Open desk…</source>
        <translation>打开工作台…</translation>
    </message>
    <message>
        <source>Open a desk that was saved: drawing, models and all</source>
        <translation>打开保存过的工作台，连同笔迹和模型</translation>
    </message>
    <message>
        <source>Save desk…</source>
        <translation>保存工作台…</translation>
    </message>
    <message>
        <source>Save how the desk stands, with its models, as one file</source>
        <translation>将当前工作台连同模型保存为一个文件</translation>
    </message>
    <message>
        <source>Forget everything…</source>
        <translation>清除全部记录…</translation>
    </message>
    <message>
        <source>Remove what the program remembers of the files that were opened here</source>
        <translation>删除本程序对在此打开过的文件的全部记录</translation>
    </message>
    <message>
        <source>Desks</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Open desk</source>
        <translation>打开工作台</translation>
    </message>
    <message>
        <source>Save desk</source>
        <translation>保存工作台</translation>
    </message>
    <message>
        <source>Forget everything</source>
        <translation>清除全部记录</translation>
    </message>
    <message>
        <source>The program then knows of no file that was opened here, keeps no desk of a crash and no model out of a saved desk, and empties its log. Your own files, and what is on the desk now, stay as they are.</source>
        <translation>此后本程序不再记得在此打开过的任何文件，不保留崩溃后的工作台和工作台文件中的模型，并清空日志。你自己的文件以及当前工作台上的内容保持不变。</translation>
    </message>
    <message>
        <source>Models of somebody else's</source>
        <translation>他人的模型</translation>
    </message>
    <message>
        <source>{file} brings along {names} ({size:.1f} MiB), which is not one of the program's own models. Open it only if you trust where the file comes from.</source>
        <translation>{file} 带有 {names}（{size:.1f} MiB），不是本程序自带的模型。请仅在信任该文件来源时打开。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open without it</source>
        <translation>不带模型打开</translation>
    </message>
    <message>
        <source>The desk is back as it was</source>
        <translation>工作台已恢复原样</translation>
    </message>
    <message>
        <source>Forgotten</source>
        <translation>已清除</translation>
    </message>
    <message>
        <source>Bring the desk back after a crash</source>
        <translation>崩溃后恢复工作台</translation>
    </message>
    <message>
        <source>Keep what is on the desk in a file until the program ends as it should</source>
        <translation>在程序正常结束之前，将工作台的内容保存在一个文件中</translation>
    </message>
    <message>
        <source>The desk is back as it was. Others that a crash has left: {count}; start RNN Desk once more for each</source>
        <translation>工作台已恢复原样。另有 {count} 个崩溃后留下的工作台：每再启动一次 RNN Desk，就恢复一个</translation>
    </message>
    <message>
        <source>{one}; {other}</source>
        <translation>{one}；{other}</translation>
    </message>
    <message>
        <source>New drawing</source>
        <translation>新笔迹</translation>
    </message>
    <message>
        <source>Keep it?</source>
        <translation>要保留吗？</translation>
    </message>
    <message>
        <source>The drawing on the canvas is in no file. It is gone when the window closes.</source>
        <translation>画布上的笔迹尚未存入文件，关闭窗口后就没有了。</translation>
    </message>
    <message>
        <source>{file} was changed here. The changes are gone when the window closes.</source>
        <translation>{file} 在这里有改动，关闭窗口后改动就没有了。</translation>
    </message>
    <message>
        <source>Close without it</source>
        <translation>不保留，直接关闭</translation>
    </message>
    <message>
        <source>{file} has changed on disk</source>
        <translation>{file} 在磁盘上已被改动</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新载入</translation>
    </message>
    <message>
        <source>unlike anything it has learnt: {name}?</source>
        <translation>与它学过的都不像：{name}？</translation>
    </message>
    <message>
        <source>familiarity {value:.2f}</source>
        <translation>熟悉度 {value:.2f}</translation>
    </message>
    <message>
        <source>familiarity {value:.3f}: how much the network's states are like those of digits rather than of other drawings, 0 to 1;
below {limit} the answer is doubted, however probable it is. It does not tell whether the answer is right.
The nearest known digits: {near}</source>
        <translation>熟悉度 {value:.3f}：网络的状态有多像数字的状态，而不像别的笔迹的状态，0 到 1；
低于 {limit} 时，无论概率多高，答案都存疑。它不说明答案是否正确。
最接近的已知数字：{near}</translation>
    </message>
    <message>
        <source>the drawing is unlike anything it has learnt</source>
        <translation>这幅图与它学过的都不像</translation>
    </message>
    <message>
        <source>How familiar a drawing is, cannot be told: {reason}</source>
        <translation>无法得知笔迹的熟悉度：{reason}</translation>
    </message>
    <message>
        <source>it does not know the ten digits</source>
        <translation>它不认识十个数字</translation>
    </message>
    <message>
        <source>its states are too many numbers</source>
        <translation>它的状态包含的数太多</translation>
    </message>
    <message>
        <source>it takes too long for a digit</source>
        <translation>它读一个数字用时太长</translation>
    </message>
    <message>
        <source>it is told on the CPU alone</source>
        <translation>只有在 CPU 上才能得知</translation>
    </message>
    <message>
        <source>it reads too few of the reference digits</source>
        <translation>它能读对的参考数字太少</translation>
    </message>
    <message>
        <source>How sure is sure?</source>
        <translation>多确定才算确定？</translation>
    </message>
    <message>
        <source>This is a 4, and its percentage looks much the same. It tells how far one class is ahead of the others; it does not tell whether the picture is a digit at all.</source>
        <translation>这是 4，百分比看上去差不多。它说明一个类别领先其他类别多少；并不说明图片究竟是不是数字。</translation>
    </message>
    <message>
        <source>The states know more. Familiarity asks whether they went where digits take them: near 1 they did, below 0.5 the answer is doubted, and the nearest known digits are shown.</source>
        <translation>状态知道得更多。熟悉度看状态是否走了数字会走的路：接近 1 就是走了；低于 0.5 则答案存疑，并显示最接近的已知数字。</translation>
    </message>
    <message>
        <source>A letter, for two networks. Each has a familiarity of its own: that of the LSTM (A) looks at its states after each row, that of the CNN (B) at the features from which it answers.</source>
        <translation>让两个网络看同一个字母。它们各有各的熟悉度：LSTM（A）的看每行之后的状态，CNN（B）的看用来作答的特征。</translation>
    </message>
    <message>
        <source>It is a measure, not a proof: it was learnt from digits and from drawings that are none. A circle passes for a 0. This 9 with its curved tail passes too; a rarer way of writing one may be doubted.</source>
        <translation>熟悉度只是一种度量，不是证明：它是从数字和不是数字的笔迹中学来的。圆会被当作 0。这个弯尾的 9 也通过了；更少见的写法可能存疑。</translation>
    </message>
    <message>
        <source>Your turn: draw things that are no digits. Which ones pass, and what are they taken for?</source>
        <translation>轮到你了：画些不是数字的东西。哪些蒙混过关，被当成了什么？</translation>
    </message>
    <message>
        <source>Well done: that is one.</source>
        <translation>做到了，就是这样。</translation>
    </message>
    <message>
        <source>Left open for now: it can be tried again at any time.</source>
        <translation>先放一放，随时可以再试。</translation>
    </message>
    <message>
        <source>For this drawing, there is no telling.</source>
        <translation>对这个图，没有办法判断。</translation>
    </message>
    <message>
        <source>Right: {answer}.</source>
        <translation>答对了：{answer}。</translation>
    </message>
    <message>
        <source>Near enough: {answer}.</source>
        <translation>很接近：{answer}。</translation>
    </message>
    <message>
        <source>It is: {answer}.</source>
        <translation>答案是：{answer}。</translation>
    </message>
    <message>
        <source>A fair guess: not {given}, but {answer}.</source>
        <translation>猜得有道理，不过不是“{given}”，而是“{answer}”。</translation>
    </message>
    <message>
        <source>A fair guess: it is row {row}, {away} further down.</source>
        <translation>猜得有道理，不过是第 {row} 行，再往下 {away} 行。</translation>
    </message>
    <message>
        <source>A fair guess: it is row {row}, {away} further up.</source>
        <translation>猜得有道理，不过是第 {row} 行，再往上 {away} 行。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>第 {row} 行</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Click a row</source>
        <translation>点一行</translation>
    </message>
    <message>
        <source>This one: row {row}</source>
        <translation>就是这一行：第 {row} 行</translation>
    </message>
    <message>
        <source>a lesson asks for it first</source>
        <translation>课程先要问你</translation>
    </message>
    <message>
        <source>what do you think?</source>
        <translation>你觉得呢？</translation>
    </message>
    <message>
        <source>The lesson's next step; where it asks, first the answer</source>
        <translation>课程的下一步；有提问时，先显示答案</translation>
    </message>
    <message>
        <source>A recurrent network reads a picture row by row, and keeps what it has read in its state.</source>
        <translation>循环网络一行一行地读图，读过的内容留在它的状态里。</translation>
    </message>
    <message>
        <source>Here the reading has stopped in the middle: what is below has not been read, and is hidden from us too.</source>
        <translation>这里读到一半停住了：下面的还没有读，也先对我们藏起来。</translation>
    </message>
    <message>
        <source>Which digit will the network put first after this row?</source>
        <translation>读完这一行，网络会把哪个数字排在第一？</translation>
    </message>
    <message>
        <source>A guess from half a digit: whatever goes on in this way.</source>
        <translation>这只是凭半个数字的猜测：上半截长成这样的，都有可能。</translation>
    </message>
    <message>
        <source>The whole 9 has been read; what it believed on the way is hidden.</source>
        <translation>整个 9 已经读完；它一路上的判断先藏起来。</translation>
    </message>
    <message>
        <source>From which row on does its answer not change any more? Click that row.</source>
        <translation>从哪一行起，它的答案不再改变？请点那一行。</translation>
    </message>
    <message>
        <source>The answer settles long before the last row.</source>
        <translation>远在最后一行之前，答案就定下来了。</translation>
    </message>
    <message>
        <source>Your turn: draw, and move through the rows with the arrow keys. At which row does the network know?</source>
        <translation>轮到你了：画一个数字，用方向键在各行之间移动。网络读到哪一行就知道了？</translation>
    </message>
    <message>
        <source>Draw a digit that it notices only near its end: the answer has to settle at row 20 or later.</source>
        <translation>画一个它快读完才认出来的数字：答案要到第 20 行或更后面才定下来。</translation>
    </message>
    <message>
        <source>What came late has turned it.</source>
        <translation>最后读到的东西让它改了主意。</translation>
    </message>
    <message>
        <source>Cover the picture with a sheet of paper and pull it down row by row: that is all the network gets.</source>
        <translation>用一张纸盖住图，一行一行往下拉：网络得到的就只有这些。</translation>
    </message>
    <message>
        <source>The map draws two of many directions: those in which the states of digits vary most.</source>
        <translation>图上只画了许多方向中的两个：数字的状态在这两个方向上变化最大。</translation>
    </message>
    <message>
        <source>Afterwards go through the rows with the arrow keys, and have the belief read aloud.</source>
        <translation>答完之后，用方向键逐行移动，请人把判断念出来。</translation>
    </message>
    <message>
        <source>Let everybody name a digit before a key is pressed: more than one is reasonable.</source>
        <translation>按键之前，先让每个人说出一个数字：说得通的不止一个。</translation>
    </message>
    <message>
        <source>Ask what this row alone could tell: almost nothing. What was above it is in the state.</source>
        <translation>问问大家：单看这一行能说明什么？几乎什么也不能。上面读过的，都在状态里。</translation>
    </message>
    <message>
        <source>A plain RNN's state is one sum of this row's pixels and of the state before, squashed by tanh, with the same weights at every row.</source>
        <translation>普通 RNN 的状态，是这一行的像素与上一个状态的加权和，再由 tanh 压到 −1 与 1 之间；每一行用的权重都相同。</translation>
    </message>
    <message>
        <source>So far, this row: W x for its pixels, U h for the past.</source>
        <translation>到这里，这一行有了两部分：W x 管像素，U h 管过去。</translation>
    </message>
    <message>
        <source>Does the next row have a W and a U of its own?</source>
        <translation>下一行有自己的 W 和 U 吗？</translation>
    </message>
    <message>
        <source>All rows share one W, one U and one b: 28 steps, and the same numbers in each.</source>
        <translation>所有行共用同一个 W、同一个 U、同一个 b：28 步，每一步都是同样的数。</translation>
    </message>
    <message>
        <source>Now the lab sets every h to 0 after row 14, so that U h is 0 in row 15. The pixels are all still there.</source>
        <translation>现在实验室在第 14 行之后把所有的 h 都设为 0，于是第 15 行的 U h 为 0。像素一个也没少。</translation>
    </message>
    <message>
        <source>Does it still read the 4?</source>
        <translation>它还能认出这个 4 吗？</translation>
    </message>
    <message>
        <source>From row 15 on, the belief knows the rows below alone: what was above was in h, and nowhere else.</source>
        <translation>从第 15 行起，判断只知道下面的行：上面读过的都在 h 里，别处没有。</translation>
    </message>
    <message>
        <source>Let the class vote before you press Next; then ask where the upper rows had been kept.</source>
        <translation>先让全班举手表决，再按下一步；然后问：上面各行原来记在哪里？</translation>
    </message>
    <message>
        <source>Unrolled on paper, 28 rows look like 28 layers; but all of them have one set of weights.</source>
        <translation>在纸上展开来画，28 行看上去像 28 层；但它们用的是同一套权重。</translation>
    </message>
    <message>
        <source>Each unit has a weight in U for every unit of its layer, itself included.</source>
        <translation>在 U 里，每个单元对本层的每一个单元都有一个权重，包括它自己。</translation>
    </message>
    <message>
        <source>For one unit, W x is one number: the sum of 28 products.</source>
        <translation>对一个单元来说，W x 就是一个数：28 个乘积之和。</translation>
    </message>
    <message>
        <source>An LSTM's gates decide what its cells keep, let go and show; above all the forget gate must not be shut.</source>
        <translation>LSTM 的门决定细胞保留什么、放掉什么、露出什么；最要紧的是遗忘门不能关上。</translation>
    </message>
    <message>
        <source>Now the lab holds every forget gate f at 0, in A alone: cells keep nothing, only h goes on to the next row.</source>
        <translation>现在实验室只在 A 里把所有遗忘门 f 固定为 0：细胞什么也不保留，只有 h 传到下一行。</translation>
    </message>
    <message>
        <source>Does A still read the 0?</source>
        <translation>A 还能认出这个 0 吗？</translation>
    </message>
    <message>
        <source>Of 240 digits 8 are read: after the empty last rows all classes have about a tenth, 1 or 7 a little more.</source>
        <translation>240 个数字只认对 8 个：读过最后几行空白之后，每个类别都约占十分之一，只有 1 或 7 略高一点。</translation>
    </message>
    <message>
        <source>Now each f is held at what it is on average, about half to two thirds open, and no longer moves.</source>
        <translation>现在每个 f 固定在它的平均值上，大约开一半到三分之二，不再变动。</translation>
    </message>
    <message>
        <source>Does A read the 0 again?</source>
        <translation>A 又能认出这个 0 了吗？</translation>
    </message>
    <message>
        <source>B is the network as it is. Ask first what can still go from row to row: h, and nothing else.</source>
        <translation>B 是原样的网络。先问：还有什么能从一行传到下一行？只有 h。</translation>
    </message>
    <message>
        <source>No cell takes anything from another one: units hear of each other through h alone, in the gates and in g.</source>
        <translation>细胞之间互不相取：单元只有经过 h，在各个门和 g 里，才知道彼此。</translation>
    </message>
    <message>
        <source>What is in c may leave −1 to 1; what is in h cannot.</source>
        <translation>c 里的数可以超出 −1 到 1，h 里的不会。</translation>
    </message>
    <message>
        <source>So are most digits. Above all these gates must not be shut; only a few digits need them to move.</source>
        <translation>大多数数字也是这样。最要紧的是这些门不能关上；只有少数数字要靠它们变动才能认对。</translation>
    </message>
    <message>
        <source>The gradient goes back through the rows step by step; it vanishes in a plain RNN, and gates can carry it further.</source>
        <translation>梯度一步一步穿过各行往回传；在普通 RNN 里它会消失，而门能把它带得更远。</translation>
    </message>
    <message>
        <source>To learn, a network must know which states the answer hangs on: if this h were a little larger, how much surer or less sure would the answer be? That is the gradient.</source>
        <translation>要学习，网络就得知道答案取决于哪些状态：要是这个 h 大一点点，答案会更有把握还是更没把握，差多少？这就是梯度。</translation>
    </message>
    <message>
        <source>On the state after which row does the answer hang more?</source>
        <translation>答案更取决于哪一行之后的状态？</translation>
    </message>
    <message>
        <source>the first</source>
        <translation>第一行</translation>
    </message>
    <message>
        <source>the last</source>
        <translation>最后一行</translation>
    </message>
    <message>
        <source>The new column shows the gradient's size, row by row: at the last row it is many times as large.</source>
        <translation>新的一列逐行画出梯度的大小：在最后一行，它要大很多倍。</translation>
    </message>
    <message>
        <source>Three networks, over one another: a plain RNN, a GRU and an LSTM, whose cell c is carried on by a gate.</source>
        <translation>三个网络叠在一起比：普通 RNN、GRU 和 LSTM；LSTM 的细胞 c 由一个门往下带。</translation>
    </message>
    <message>
        <source>In which is more of the last row's gradient left at row 14?</source>
        <translation>传回到第 14 行，哪一个剩下的梯度更多（与最后一行相比）？</translation>
    </message>
    <message>
        <source>Cutting changes its length, not its direction.</source>
        <translation>截短只改变长度，不改变方向。</translation>
    </message>
    <message>
        <source>27 factors of 0.8 leave a four-hundredth.</source>
        <translation>27 个 0.8 相乘，只剩四百分之一。</translation>
    </message>
    <message>
        <source>The answer is made from the last state; the first one comes to it through 27 steps.</source>
        <translation>答案直接由最后一个状态得出；第一个状态要经过 27 步才到它那里。</translation>
    </message>
    <message>
        <source>the RNN</source>
        <translation>RNN</translation>
    </message>
    <message>
        <source>LSTM, layer 1</source>
        <translation>LSTM 第 1 层</translation>
    </message>
    <message>
        <source>So it is for nearly every digit: where the gate is open, a step back multiplies by nearly 1.</source>
        <translation>几乎每个数字都是这样：门开着的地方，往回一步只乘以接近 1 的数。</translation>
    </message>
    <message>
        <source>A CNN sees the whole picture at once, without time or state; it and an LSTM fail in different ways.</source>
        <translation>CNN 一下子看到整张图，没有时间，也没有状态；它和 LSTM 出错的方式不同。</translation>
    </message>
    <message>
        <source>Now the upper half is covered. The LSTM comes to row 15 with the state that 14 empty rows leave; the digits that it has learnt from begin far higher up.</source>
        <translation>现在上半截被盖住。LSTM 来到第 15 行时，带着读过 14 行空白后的状态；而它学过的数字，都从高得多的地方开始。</translation>
    </message>
    <message>
        <source>Now every row is there, in another order. The LSTM has learnt what follows what, the CNN what stands beside what.</source>
        <translation>现在每一行都在，只是换了顺序。LSTM 学的是什么后面跟着什么，CNN 学的是什么挨着什么。</translation>
    </message>
    <message>
        <source>Does either of them still read the 4?</source>
        <translation>两个里面还有谁能认出这个 4 吗？</translation>
    </message>
    <message>
        <source>Both take it for a 3; of the two, only the CNN's familiarity warns us.</source>
        <translation>两个都把它当成 3；其中只有 CNN 的熟悉度提醒了我们。</translation>
    </message>
    <message>
        <source>Or clear the canvas, and draw a 7 that A reads as a 1, and B as a 7.</source>
        <translation>或者清空画布，画一个 7，让 A 认成 1，而 B 认成 7。</translation>
    </message>
    <message>
        <source>What one of them hangs on, the other may not.</source>
        <translation>一个网络所依赖的，另一个未必依赖。</translation>
    </message>
    <message>
        <source>Your turn: cover rows by dragging over their numbers; then, in the lab (L), move the picture, turn it, add noise. Which of the two gives in first?</source>
        <translation>轮到你了：在行号上拖动，盖住几行；再到实验室（L）里移动、旋转图，加噪声。两个里面哪一个先撑不住？</translation>
    </message>
    <message>
        <source>Learning moves weights a little at each step; the plain digits come first, the rare ones last.</source>
        <translation>学习就是每一步把权重挪动一点；普通的数字先学会，少见的最后才学会。</translation>
    </message>
    <message>
        <source>Before it learns, its weights are random. It has read this 4 all the same.</source>
        <translation>学习之前，权重是随机的。这个 4 它照样读了一遍。</translation>
    </message>
    <message>
        <source>Does it give one digit more than 90 %?</source>
        <translation>它会给某个数字 90 % 以上的概率吗？</translation>
    </message>
    <message>
        <source>Whatever is drawn, the belief is much the same: about one tenth for each digit, which is no belief at all.</source>
        <translation>不管画什么，判断都差不多：每个数字约十分之一，等于没有判断。</translation>
    </message>
    <message>
        <source>After 200 steps, or 25,600 pictures: the belief follows the rows now, and most plain digits are read.</source>
        <translation>200 步之后，也就是 25,600 张图：判断开始跟着各行走了，大多数普通的数字都能认出来。</translation>
    </message>
    <message>
        <source>Is this 4 one of them?</source>
        <translation>这个 4 也认得出来吗？</translation>
    </message>
    <message>
        <source>Who guesses blindly is right one time in ten.</source>
        <translation>瞎猜，十次也能对一次。</translation>
    </message>
    <message>
        <source>It is read, though not yet as surely as it will be.</source>
        <translation>认得出来，只是还不像以后那样有把握。</translation>
    </message>
    <message>
        <source>Attention weighs the states of all rows; it shows what was used, not why.</source>
        <translation>注意力给所有行的状态加权；它显示用了什么，不说明为什么。</translation>
    </message>
    <message>
        <source>So far, an LSTM answered from its last state alone. This one weighs the states of all 28 rows, each of which has read its own row and those above it.</source>
        <translation>前面的 LSTM 只凭最后一个状态作答。这一个给全部 28 行的状态加权；每个状态都读过自己那一行和上面各行。</translation>
    </message>
    <message>
        <source>Which row's state will weigh most? Click it.</source>
        <translation>哪一行的状态权重最大？请点那一行。</translation>
    </message>
    <message>
        <source>The column says how much of each state goes into the answer: late ones have read more.</source>
        <translation>这一列表示每个状态在答案里占多少：越靠后的状态，读过的行越多。</translation>
    </message>
    <message>
        <source>Now rows 10 to 14 are covered. They had next to no weight.</source>
        <translation>现在第 10 到 14 行被盖住。它们几乎没有权重。</translation>
    </message>
    <message>
        <source>Is it still read as a 4?</source>
        <translation>它还会被认成 4 吗？</translation>
    </message>
    <message>
        <source>A softmax over the rows makes them: what one row gains, the others lose.</source>
        <translation>权重由对各行做 softmax 得出：一行多了，别的行就少了。</translation>
    </message>
    <message>
        <source>It becomes a 7: the states further down, which have the weight, had read those rows too.</source>
        <translation>它变成了 7：权重在下面的状态上，而那些状态也读过这几行。</translation>
    </message>
    <message>
        <source>A bidirectional layer reads from both ends: together its states of one row know everything, but only when all is read.</source>
        <translation>双向层从两头读：一行的两个状态合起来什么都知道，但要等全部读完。</translation>
    </message>
    <message>
        <source>At row 10, the way down has seen rows 1 to 10.</source>
        <translation>在第 10 行，正向层看过第 1 到 10 行。</translation>
    </message>
    <message>
        <source>Which rows has the way up seen there?</source>
        <translation>反向层在这里看过哪些行？</translation>
    </message>
    <message>
        <source>rows 1 to 10</source>
        <translation>第 1–10 行</translation>
    </message>
    <message>
        <source>rows 10 to 28</source>
        <translation>第 10–28 行</translation>
    </message>
    <message>
        <source>So it knows rows that are shown as unread here: together, the states of one row know the whole picture.</source>
        <translation>所以它知道这里显示为未读的行：合在一起，一行的两个状态知道整张图。</translation>
    </message>
    <message>
        <source>When can such a network say something of its own?</source>
        <translation>这样的网络什么时候才能有自己的判断？</translation>
    </message>
    <message>
        <source>Subtitles of live speech cannot wait for the end of the sentence; a translation of a text can.</source>
        <translation>直播字幕等不到一句话说完；翻译一段文字就可以等。</translation>
    </message>
    <message>
        <source>Cover the picture from below, then from above: so much has each of the two read.</source>
        <translation>先从下面、再从上面盖住图：正向层和反向层各自读过的就是这么多。</translation>
    </message>
    <message>
        <source>after each row</source>
        <translation>每一行之后</translation>
    </message>
    <message>
        <source>after the last row</source>
        <translation>最后一行之后</translation>
    </message>
    <message>
        <source>Nothing before the last row is in: each row of the belief is the answer to another picture, all covered below that row.</source>
        <translation>最后一行读入之前什么也说不出：判断的每一行，都是对另一张图的回答，那张图里这一行以下全被盖住。</translation>
    </message>
    <message>
        <source>A high probability does not mean that the picture is a digit at all; the states can tell more.</source>
        <translation>概率高并不表示这张图就是数字；状态能说明得更多。</translation>
    </message>
    <message>
        <source>A heart is no digit, but the network has classes for digits alone.</source>
        <translation>爱心不是数字，可网络只有数字这些类别。</translation>
    </message>
    <message>
        <source>Will it give one of them more than 90 %?</source>
        <translation>它会给其中一个 90 % 以上的概率吗？</translation>
    </message>
    <message>
        <source>Softmax shares 100 % out among the ten classes, whatever was drawn: there is no class for none of them.</source>
        <translation>Softmax 把 100 % 分给十个类别，不管画的是什么：没有一个类别表示都不是。</translation>
    </message>
    <message>
        <source>Two digits at once: the network has learnt one at a time.</source>
        <translation>同时写了两个数字：网络学的是一次一个。</translation>
    </message>
    <message>
        <source>Does familiarity fall below 0.5?</source>
        <translation>熟悉度会低于 0.5 吗？</translation>
    </message>
    <message>
        <source>Ask first what it could answer at all: ten classes, and nothing else.</source>
        <translation>先问：它能回答的有哪些？十个类别，别无其他。</translation>
    </message>
    <message>
        <source>They are unfamiliar too. And yet a single class gets nearly all of the 100 %.</source>
        <translation>它们也是陌生的。可是一个类别几乎拿走了全部 100 %。</translation>
    </message>
    <message>
        <source>Draw one that it doubts.</source>
        <translation>画一个让它起疑的。</translation>
    </message>
    <message>
        <source>Its states went where no digit takes them.</source>
        <translation>它的状态走到了数字不会去的地方。</translation>
    </message>
    <message>
        <source>No ink is lost, the rows only stand elsewhere. Trained anew on this one order, each on 6,000 pictures, both read again, and the CNN loses less: the LSTM reads 91 % in place of 97 %, the CNN 97 % in place of 99 %.</source>
        <translation>一点墨也没少，只是各行换了地方。就用这一种顺序重新训练，各用 6,000 张图，两个都又会认了，而且 CNN 丢得更少：LSTM 从 97 % 到 91 %，CNN 从 99 % 到 97 %。</translation>
    </message>
    <message>
        <source>That has a price, and it is paid at every row.</source>
        <translation>这是有代价的，而且每一行都要付。</translation>
    </message>
    <message>
        <source>A 7 with a foot becomes a 2 in its last rows.</source>
        <translation>给 7 加一横底，最后几行就变成 2。</translation>
    </message>
    <message>
        <source>Do the two still agree?</source>
        <translation>两个的答案还一样吗？</translation>
    </message>
    <message>
        <source>Familiarity stands beside the answer, a number for each network.</source>
        <translation>熟悉度在答案旁边，每个网络一个数。</translation>
    </message>
    <message>
        <source>In the covered rows, the belief answers to blank rows alone.</source>
        <translation>在被盖住的各行，判断只是对空白行的回答。</translation>
    </message>
    <message>
        <source>Of all reference digits, though, the CNN reads more: it finds the strokes below as always, but none above.</source>
        <translation>不过就全部参考数字来说，CNN 认对的更多：它照样找到下面的笔画，只是上面一个也没有。</translation>
    </message>
    <message>
        <source>A fair guess, but: {answer}.</source>
        <translation>猜得有道理，不过：{answer}。</translation>
    </message>
    <message>
        <source>Show this alone, or all again</source>
        <translation>只看这一个／全部显示</translation>
    </message>
    <message>
        <source>A double click on a view shows it alone, and Esc brings all back; a large ring follows the pointer.</source>
        <translation>双击一个视图就只显示它，按 Esc 全部回来；指针外有一个大圆环。</translation>
    </message>
    <message>
        <source>A drawing holds strokes and their times alone. Where drawings are told apart by writer, use numbers or invented names, and keep no list of who is who.</source>
        <translation>一个图里只有笔画和时间。要区分是谁写的，请用编号或化名，也不要保留对照表。</translation>
    </message>
    <message>
        <source>A question hides the answer. Let everybody decide first, by hands or on paper; then give the answer of most by its button or key.</source>
        <translation>提问时答案是藏着的。先让每个人拿定主意，举手或写在纸上；再用按钮或按键给出多数人的回答。</translation>
    </message>
    <message>
        <source>Drawings are saved one a file (Ctrl+S), or collected with labels in one file; such a file can be read, measured and trained on.</source>
        <translation>图可以一个文件存一个（Ctrl+S），也可以带标签收集在一个文件里；这样的文件可以识别、测量，也可以用来训练。</translation>
    </message>
    <message>
        <source>Each lesson's aim, questions and answers</source>
        <translation>每一课的目标、提问与答案</translation>
    </message>
    <message>
        <source>F11 fills the screen, in letters for the back row; Esc ends it.</source>
        <translation>F11 铺满屏幕，字大到后排也看得清；按 Esc 结束。</translation>
    </message>
    <message>
        <source>Let pupils draw in any step: their drawing stays while the lesson goes on, and comes back by Undo when it is closed.</source>
        <translation>任何一步都可以让学生来画：课程继续时图不会丢，关闭课程后可以用撤销找回来。</translation>
    </message>
    <message>
        <source>Nothing leaves the computer: the window opens no network connection, and asks for no name.</source>
        <translation>什么都不会离开这台电脑：窗口不连接网络，也不问姓名。</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>RNN Desk in class: a guide for teachers</source>
        <translation>课堂上的 RNN Desk：教师指南</translation>
    </message>
    <message>
        <source>Step {step}: {words}</source>
        <translation>第 {step} 步：{words}</translation>
    </message>
    <message>
        <source>Teacher's guide</source>
        <translation>教师指南</translation>
    </message>
    <message>
        <source>The Page keys, and so a clicker, go from step to step. At a question, the first press shows the answer, the next one goes on.</source>
        <translation>翻页键（翻页笔也一样）一步一步往前走。遇到提问，第一下显示答案，再一下才继续。</translation>
    </message>
    <message>
        <source>The class's own drawings</source>
        <translation>全班自己画的图</translation>
    </message>
    <message>
        <source>The window's picture is saved by Ctrl+E, and each view by its menu, as PNG, SVG or PDF.</source>
        <translation>窗口的图用 Ctrl+E 保存，每个视图用它的菜单保存，格式为 PNG、SVG 或 PDF。</translation>
    </message>
    <message>
        <source>This page is saved from its sheet, or by rnn-desk guide guide.html; any browser prints it.</source>
        <translation>这一页可以从这个窗口保存，也可以用 rnn-desk guide guide.html 写出；任何浏览器都能打印。</translation>
    </message>
    <message>
        <source>What is right is worked out by the network of the step, and it stays right when somebody has drawn another digit.</source>
        <translation>正确答案由这一步的网络算出来，就算有人另画了一个数字，它也仍然正确。</translation>
    </message>
    <message>
        <source>With a projector</source>
        <translation>用投影仪</translation>
    </message>
    <message>
        <source>With two screens, the notes and the answer stand on the other one.</source>
        <translation>有两块屏幕时，备注和答案在另一块上。</translation>
    </message>
    <message>
        <source>a drawing that does it</source>
        <translation>画出来就行</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>{steps} steps, about {minutes} minutes</source>
        <translation>共 {steps} 步，约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{title}  ·  step {step} of {steps}</source>
        <translation>{title}  ·  第 {step} 步（共 {steps} 步）</translation>
    </message>
    <message>
        <source>Next: {words}</source>
        <translation>下一步：{words}</translation>
    </message>
    <message>
        <source>Change the picture or the network, and see what breaks</source>
        <translation>改动图或网络，看看会怎样出错</translation>
    </message>
    <message>
        <source>How long a reading takes</source>
        <translation>识别一次要多久</translation>
    </message>
    <message>
        <source>One unit at one row: its equations, with every number in them, and where each came from.
Click a column of a layer to look at another unit.</source>
        <translation>一个单元在一行上：它的公式、公式里的每一个数，以及这些数从哪里来。
点某一层的一列，就换一个单元看。</translation>
    </message>
    <message>
        <source>The top layer's states on a plane: each row is a point, a digit is a path.</source>
        <translation>顶层的状态画在一个平面上：每一行是一个点，一个数字是一条路径。</translation>
    </message>
    <message>
        <source>What the network answers, and how probable it finds each class.
click a bar to see which pixels speak for that class and against it</source>
        <translation>网络的答案，以及它认为每个类别有多大概率。
点一个条形，看哪些像素支持这个类别、哪些反对</translation>
    </message>
    <message>
        <source>{place}.  {title}  ·  {minutes} min</source>
        <translation>{place}.  {title}  ·  {minutes} 分钟</translation>
    </message>
    <message>
        <source>click a bar: why?</source>
        <translation>点条形：为什么？</translation>
    </message>
    <message>
        <source>double click: all of them, large</source>
        <translation>双击：放大，全部显示</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>Loss and accuracy at the moments of its training that ship with the program</source>
        <translation>随程序附带的各训练时刻的损失与准确率</translation>
    </message>
    <message>
        <source>of 240 reference digits, read</source>
        <translation>240 个参考数字中认对的比例</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>steps: {steps}; {accuracy:.0%} are read, loss {loss:.2f}</source>
        <translation>步数：{steps}；认对 {accuracy:.0%}，损失 {loss:.2f}</translation>
    </message>
    <message>
        <source>loss, the mean of −log p (the digit)</source>
        <translation>损失：−log p（该数字）的平均</translation>
    </message>
    <message>
        <source>The same chances, asked the other way: how unlikely is what stands there? That is surprise, in nats.</source>
        <translation>同样的可能性，反过来问：写在那里的有多不可能？这就是意外程度，单位奈特。</translation>
    </message>
    <message>
        <source>Which surprises more?</source>
        <translation>哪一个更让它意外？</translation>
    </message>
    <message>
        <source>a plain 7</source>
        <translation>不带横杠的 7</translation>
    </message>
    <message>
        <source>a crossed 7</source>
        <translation>带横杠的 7</translation>
    </message>
    <message>
        <source>The bar of this 7 came unexpected; a crossed 7 surprises by some 15 nats more than a plain one.</source>
        <translation>这个 7 的横杠出乎意料；带横杠的 7 比不带的多约 15 奈特的意外。</translation>
    </message>
    <message>
        <source>doubted: unlike anything it has learnt</source>
        <translation>存疑：与它学过的都不像</translation>
    </message>
    <message>
        <source>the nearest it knows</source>
        <translation>它认识的最接近的数字</translation>
    </message>
    <message>
        <source>Animation, row by row…</source>
        <translation>动画，逐行…</translation>
    </message>
    <message>
        <source>As a</source>
        <translation>写成</translation>
    </message>
    <message>
        <source>Begin a digit between the lines: it is ended nine times</source>
        <translation>在两线之间写一个数字的开头：它会被续写九次</translation>
    </message>
    <message>
        <source>Contact sheet…</source>
        <translation>全部图片一张…</translation>
    </message>
    <message>
        <source>Draw anew, from the next seed</source>
        <translation>换下一个种子重新抽取</translation>
    </message>
    <message>
        <source>Dream</source>
        <translation>凭空写</translation>
    </message>
    <message>
        <source>Dreams</source>
        <translation>凭空写出的</translation>
    </message>
    <message>
        <source>End what is begun on the sheet, nine times</source>
        <translation>把纸上已写的开头续写九次</translation>
    </message>
    <message>
        <source>Endings</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Have the digit begun ended by a network that writes, nine times</source>
        <translation>让会写字的网络把写了一半的数字续写九次</translation>
    </message>
    <message>
        <source>How unlike what the writer expected each row is, in nats: minus the logarithm of how likely it held it.
A long bar: here the digit became unusual.</source>
        <translation>每一行有多出乎写字网络的意料，单位为奈特：它认为这一行出现的概率取对数的相反数。
条越长，数字在这里越不寻常。</translation>
    </message>
    <message>
        <source>Low: careful, all much alike. 1: as it learnt. High: bold, and soon scribble.</source>
        <translation>低：谨慎，写得都差不多。1：按学到的样子。高：大胆，很快变成乱涂。</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>数值…</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Reader and writer</source>
        <translation>读者与写者</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Tell the writer no class</source>
        <translation>不告诉写者是哪个数字</translation>
    </message>
    <message>
        <source>Tell the writer: it is to be a {name}</source>
        <translation>告诉写者：要写成 {name}</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>The picture, one row after the other, from the top: yours in the colour of ink, what the writer added in another.
Orange, and framed: pixels that it did not expect.</source>
        <translation>图片，从上到下一行接一行：你写的用墨色，写者添上的用另一种颜色。
橙色带框：它没有料到的像素。</translation>
    </message>
    <message>
        <source>The same seed gives the same pictures: a class sees them again</source>
        <translation>同一个种子给出同样的图片：全班可以再看一次</translation>
    </message>
    <message>
        <source>What the writer held likely as it came to each row: full green, surely ink.
Each pixel is then drawn by chance; the next one knows what became of it.</source>
        <translation>写者写到每一行时认为的可能性：深绿表示必有墨。
然后每个像素按概率抽取；下一个像素知道前面抽到了什么。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写字</translation>
    </message>
    <message>
        <source>Write from nothing, class by class</source>
        <translation>凭空写出，一个数字接一个数字</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>before it was drawn</source>
        <translation>抽取之前</translation>
    </message>
    <message>
        <source>click: endings as a {name}</source>
        <translation>单击：续写成 {name}</translation>
    </message>
    <message>
        <source>click: put it on the canvas, where it is read; Undo brings yours back</source>
        <translation>单击：放到画布上读；撤销可恢复你写的</translation>
    </message>
    <message>
        <source>endings</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>nats a row</source>
        <translation>每行奈特</translation>
    </message>
    <message>
        <source>next row: p(ink)</source>
        <translation>下一行：p(墨)</translation>
    </message>
    <message>
        <source>of {count} endings</source>
        <translation>{count} 个续写中</translation>
    </message>
    <message>
        <source>orange: surprising</source>
        <translation>橙色：意外</translation>
    </message>
    <message>
        <source>picture and row</source>
        <translation>图片与行</translation>
    </message>
    <message>
        <source>picture: x</source>
        <translation>图片：x</translation>
    </message>
    <message>
        <source>read as {name}: {part:.1%}</source>
        <translation>读作 {name}：{part:.1%}</translation>
    </message>
    <message>
        <source>reader</source>
        <translation>读者</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>意外程度</translation>
    </message>
    <message>
        <source>the reader so far</source>
        <translation>读者目前的判断</translation>
    </message>
    <message>
        <source>the reader so far: {part:.1%}</source>
        <translation>读者目前的判断：{part:.1%}</translation>
    </message>
    <message>
        <source>told no class</source>
        <translation>未告知数字</translation>
    </message>
    <message>
        <source>told: {name}</source>
        <translation>告知：{name}</translation>
    </message>
    <message>
        <source>All of it is there: slide the row up</source>
        <translation>已全部写好：把行往上移</translation>
    </message>
    <message>
        <source>held 1 in 10^{power} likely</source>
        <translation>原以为只有 10^{power} 分之一的可能</translation>
    </message>
    <message>
        <source>held 1 in {count} likely</source>
        <translation>原以为只有 {count} 分之一的可能</translation>
    </message>
    <message>
        <source>held {part:.0%} likely</source>
        <translation>原以为有 {part:.0%} 的可能</translation>
    </message>
    <message>
        <source>{nats:.0f} nats</source>
        <translation>{nats:.0f} 奈特</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>奈特</translation>
    </message>
    <message>
        <source>{nats:.0f} nats in all</source>
        <translation>共 {nats:.0f} 奈特</translation>
    </message>
    <message>
        <source>{part} of {count} endings are read as {name}</source>
        <translation>{count} 个续写中有 {part} 个读作 {name}</translation>
    </message>
    <message>
        <source>{row}
{nats:.1f} nats: {chance}</source>
        <translation>{row}
{nats:.1f} 奈特：{chance}</translation>
    </message>
    <message>
        <source>{row}, pixel {column}
ink: {part:.1%}</source>
        <translation>{row}，像素 {column}
墨：{part:.1%}</translation>
    </message>
    <message>
        <source>{row}, pixel {column}
{nats:.2f} nats: {chance}</source>
        <translation>{row}，像素 {column}
{nats:.2f} 奈特：{chance}</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>Click for the next ones, or turn the wheel: the most probable come first</source>
        <translation>点击查看后面的，或滚动滚轮：概率最高的在前</translation>
    </message>
    <message>
        <source>Gradient of {first} to {last}</source>
        <translation>{first} 到 {last} 的梯度</translation>
    </message>
    <message>
        <source>Draw a letter here</source>
        <translation>在这里写一个字母</translation>
    </message>
    <message>
        <source>Draw a letter</source>
        <translation>请写一个字母</translation>
    </message>
    <message>
        <source>Draw a digit or a letter here</source>
        <translation>在这里写一个数字或字母</translation>
    </message>
    <message>
        <source>Draw a digit or a letter</source>
        <translation>请写一个数字或字母</translation>
    </message>
    <message>
        <source>Draw here</source>
        <translation>在这里画</translation>
    </message>
    <message>
        <source>Draw something</source>
        <translation>请画点什么</translation>
    </message>
    <message>
        <source>input settings not checked</source>
        <translation>输入设置未经验证</translation>
    </message>
    <message>
        <source>{name} no longer stands beside: it reads {before}, and {file} reads {after}</source>
        <translation>{name} 不再并列：它读取{before}，而 {file} 读取{after}</translation>
    </message>
    <message>
        <source>it gives every picture the same answer, as a network without trained weights does</source>
        <translation>它对每幅图像都给出相同的回答，如同权重未经训练的网络</translation>
    </message>
    <message>
        <source>pictures of {side} rows that count ink</source>
        <translation>{side} 行、按块计墨的图像</translation>
    </message>
    <message>
        <source>pictures of {side} rows without a margin</source>
        <translation>{side} 行、无边距的图像</translation>
    </message>
    <message>
        <source>pictures of {side} rows</source>
        <translation>{side} 行的图像</translation>
    </message>
    <message>
        <source>ImageNet's means and deviations</source>
        <translation>按 ImageNet 均值与标准差</translation>
    </message>
    <message>
        <source>ImageNet's means and deviations, blue first</source>
        <translation>按 ImageNet 均值与标准差，蓝色在前</translation>
    </message>
    <message>
        <source>scaled, with numbers of its own</source>
        <translation>按自定数值缩放</translation>
    </message>
    <message>
        <source>as it was drawn</source>
        <translation>与所写一致</translation>
    </message>
    <message>
        <source>mirrored, left for right</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>upside down: from the bottom up</source>
        <translation>上下颠倒：自下而上</translation>
    </message>
    <message>
        <source>turned by 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <source>turned by 90° to the left: a row is a column of it</source>
        <translation>左转 90°：一行是图像的一列</translation>
    </message>
    <message>
        <source>turned by 90° to the right: a row is a column of it</source>
        <translation>右转 90°：一行是图像的一列</translation>
    </message>
    <message>
        <source>turned about its other diagonal: a row is a column of it</source>
        <translation>沿另一对角线翻转：一行是图像的一列</translation>
    </message>
    <message>
        <source>its model card says an input of shape {shape!r}</source>
        <translation>模型卡写着输入形状为 {shape!r}</translation>
    </message>
    <message>
        <source>its pixel values are said for {count} channels, and it takes {channels}</source>
        <translation>所说的像素值是 {count} 个通道的，而它的输入有 {channels} 个通道</translation>
    </message>
    <message>
        <source>its model card says {name} {value!r}, where a finite number is due, or one for each of {count} channels</source>
        <translation>模型卡写着 {name} 为 {value!r}，而应为一个有限的数，或 {count} 个通道各一个</translation>
    </message>
    <message>
        <source>its channels lie side by side, and cannot be scaled apart in a copy</source>
        <translation>它的各通道交错排列，无法在副本中分别缩放</translation>
    </message>
    <message>
        <source>Collect drawings</source>
        <translation>收集笔迹</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>收集</translation>
    </message>
    <message>
        <source>Keep drawings in a file, each with what it was meant to be</source>
        <translation>把笔迹存进一个文件，并记下每一笔写的是什么</translation>
    </message>
    <message>
        <source>Say what is to be drawn</source>
        <translation>指定要写什么</translation>
    </message>
    <message>
        <source>Name a digit to draw; else it is asked after each drawing what it was</source>
        <translation>指定要写的数字；否则每写完一个再问写的是什么</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>存下</translation>
    </message>
    <message>
        <source>Keep the drawing, and go on to the next</source>
        <translation>存下这个笔迹，接着写下一个</translation>
    </message>
    <message>
        <source>Draw what is asked for first</source>
        <translation>请先写出要写的内容</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>Ask for another digit</source>
        <translation>换一个要写的数字</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take back what was kept, relabelled or deleted last</source>
        <translation>撤回最近一次存下、改标签或删除</translation>
    </message>
    <message>
        <source>Nothing was kept yet</source>
        <translation>还没有存下任何笔迹</translation>
    </message>
    <message>
        <source>All drawings…</source>
        <translation>全部笔迹…</translation>
    </message>
    <message>
        <source>Show every drawing by its digit, and how the model reads them</source>
        <translation>按数字列出全部笔迹，以及模型把它们读成什么</translation>
    </message>
    <message>
        <source>Open a file of drawings with K first</source>
        <translation>请先按 K 打开一个笔迹文件</translation>
    </message>
    <message>
        <source>Take in files…</source>
        <translation>并入文件…</translation>
    </message>
    <message>
        <source>Add the drawings of other files, each once</source>
        <translation>把其他文件中的笔迹加进来，重复的只收一次</translation>
    </message>
    <message>
        <source>Take in a folder…</source>
        <translation>并入文件夹…</translation>
    </message>
    <message>
        <source>Add the drawings of all files in a folder, each once</source>
        <translation>把文件夹中所有文件的笔迹加进来，重复的只收一次</translation>
    </message>
    <message>
        <source>Collect into another file…</source>
        <translation>收集到另一个文件…</translation>
    </message>
    <message>
        <source>Go on with a new file, or with one that is there</source>
        <translation>改用一个新文件，或一个已有的文件</translation>
    </message>
    <message>
        <source>Collect  ·  {file}  ·  {count} drawings</source>
        <translation>收集  ·  {file}  ·  {count} 个笔迹</translation>
    </message>
    <message>
        <source>Write: {label}</source>
        <translation>请写：{label}</translation>
    </message>
    <message>
        <source>What was it?</source>
        <translation>写的是什么？</translation>
    </message>
    <message>
        <source>pseudonym</source>
        <translation>代号</translation>
    </message>
    <message>
        <source>Pseudonym of who draws</source>
        <translation>书写者的代号</translation>
    </message>
    <message>
        <source>Who draws, by a number or a made-up name, so that training can tell hands apart; may stay empty</source>
        <translation>书写者的编号或代号，以便训练时区分不同人的笔迹；可以留空</translation>
    </message>
    <message>
        <source>no label yet</source>
        <translation>还没有标签</translation>
    </message>
    <message>
        <source>writer {name}</source>
        <translation>书写者 {name}</translation>
    </message>
    <message>
        <source>read as {label}</source>
        <translation>读成 {label}</translation>
    </message>
    <message>
        <source>Drawings collected</source>
        <translation>收集到的笔迹</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>It was meant to be…</source>
        <translation>写的其实是…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rows: the digit meant. Columns: the digit read. Click a number to see its drawings.</source>
        <translation>行：写的数字。列：读成的数字。点击一个数可以查看相应的笔迹。</translation>
    </message>
    <message>
        <source>{count} meant to be {label}, read as {said}</source>
        <translation>写的是 {label}、读成 {said} 的有 {count} 个</translation>
    </message>
    <message>
        <source>{file}  ·  drawings: {count}  ·  writers: {writers}</source>
        <translation>{file}  ·  笔迹：{count}  ·  书写者：{writers}</translation>
    </message>
    <message>
        <source>{model} reads {right} of {count} as they were meant</source>
        <translation>{model} 在 {count} 个中读对 {right} 个</translation>
    </message>
    <message>
        <source>Collect drawings in which file? What is in it stays there</source>
        <translation>收集到哪个文件？文件中已有的内容会保留</translation>
    </message>
    <message>
        <source>Take in files of drawings</source>
        <translation>并入笔迹文件</translation>
    </message>
    <message>
        <source>Take in a folder of drawings</source>
        <translation>并入笔迹文件夹</translation>
    </message>
    <message>
        <source>{count} drawings taken in from {files} files; {known} were there already</source>
        <translation>从 {files} 个文件并入 {count} 个笔迹；{known} 个已经有了</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
    <message>
        <source>Some of it cannot be read</source>
        <translation>有些内容读不了</translation>
    </message>
    <message>
        <source>{file} is packed: unpack it to collect drawings in it</source>
        <translation>{file} 是压缩文件：请先解压，再往里收集笔迹</translation>
    </message>
    <message>
        <source>{file} holds no files of drawings</source>
        <translation>{file} 中没有笔迹文件</translation>
    </message>
    <message>
        <source>{file} holds no drawings</source>
        <translation>{file} 中没有笔迹</translation>
    </message>
    <message>
        <source>{file} makes it more than {most} drawings</source>
        <translation>加上 {file} 后笔迹会超过 {most} 个</translation>
    </message>
    <message>
        <source>its input takes no picture</source>
        <translation>它的输入无法接收图像</translation>
    </message>
    <message>
        <source>{file} is damaged: install the program again</source>
        <translation>{file} 已损坏：请重新安装程序</translation>
    </message>
    <message>
        <source>Your own lesson</source>
        <translation>自己的课程</translation>
    </message>
    <message>
        <source>Open lesson…</source>
        <translation>打开课程…</translation>
    </message>
    <message>
        <source>Give a lesson out of a file</source>
        <translation>讲一个文件中的课程</translation>
    </message>
    <message>
        <source>New lesson…</source>
        <translation>新建课程…</translation>
    </message>
    <message>
        <source>Begin a lesson, with the desk as it stands as its first step</source>
        <translation>新建一个课程，以桌面现在的样子作为第一步</translation>
    </message>
    <message>
        <source>Edit lesson…</source>
        <translation>编辑课程…</translation>
    </message>
    <message>
        <source>Change a lesson that is in a file</source>
        <translation>修改一个文件中的课程</translation>
    </message>
    <message>
        <source>Add this as a step</source>
        <translation>添加为一步</translation>
    </message>
    <message>
        <source>Make the desk, as it stands now, a step of the lesson that is edited</source>
        <translation>把桌面现在的样子作为正在编辑的课程的一步</translation>
    </message>
    <message>
        <source>Begin a lesson first: Teach, Your own lesson, New lesson</source>
        <translation>请先新建课程：教学，自己的课程，新建课程</translation>
    </message>
    <message>
        <source>Show this in the step</source>
        <translation>让这一步显示现在的桌面</translation>
    </message>
    <message>
        <source>Have the step that is edited show the desk as it stands now; its words stay</source>
        <translation>让正在编辑的这一步显示桌面现在的样子；文字不变</translation>
    </message>
    <message>
        <source>Take back the last step that was added, removed, moved or taken anew</source>
        <translation>撤回最近一次对步骤的添加、删除、移动或重新取样</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Give the lesson from the step that is edited on</source>
        <translation>从正在编辑的这一步开始讲课</translation>
    </message>
    <message>
        <source>Close the editor</source>
        <translation>关闭编辑器</translation>
    </message>
    <message>
        <source>The lesson is in its file already</source>
        <translation>课程已经保存在文件里</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>It asks</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Right is</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>Then it says</source>
        <translation>随后说</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>which digit</source>
        <translation>哪个数字</translation>
    </message>
    <message>
        <source>which row</source>
        <translation>哪一行</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>which of two</source>
        <translation>两个中哪一个</translation>
    </message>
    <message>
        <source>to draw something</source>
        <translation>画一个</translation>
    </message>
    <message>
        <source>what the network reads</source>
        <translation>网络读出的数字</translation>
    </message>
    <message>
        <source>what it believes after the row looked at</source>
        <translation>读到所看的行时的判断</translation>
    </message>
    <message>
        <source>its second guess</source>
        <translation>它的第二选择</translation>
    </message>
    <message>
        <source>what the second network reads</source>
        <translation>第二个网络读出的数字</translation>
    </message>
    <message>
        <source>the row from which on its answer stands</source>
        <translation>答案从此不再改变的那一行</translation>
    </message>
    <message>
        <source>the last row with another belief</source>
        <translation>最后一个判断不同的行</translation>
    </message>
    <message>
        <source>the row with the most ink</source>
        <translation>墨迹最多的一行</translation>
    </message>
    <message>
        <source>the row at which it forgets most</source>
        <translation>遗忘最多的一行</translation>
    </message>
    <message>
        <source>whether it is sure</source>
        <translation>它是否有把握</translation>
    </message>
    <message>
        <source>whether its belief now is its answer in the end</source>
        <translation>现在的判断是否就是最后的答案</translation>
    </message>
    <message>
        <source>whether its belief changes on the way</source>
        <translation>途中判断是否改变</translation>
    </message>
    <message>
        <source>whether it reads what was meant</source>
        <translation>它读出的是否就是所写的</translation>
    </message>
    <message>
        <source>whether both networks agree</source>
        <translation>两个网络是否一致</translation>
    </message>
    <message>
        <source>whether it has never seen the like</source>
        <translation>它是否从没见过这样的</translation>
    </message>
    <message>
        <source>the one that is surer</source>
        <translation>更有把握的那个</translation>
    </message>
    <message>
        <source>the one that settles sooner</source>
        <translation>更早定下答案的那个</translation>
    </message>
    <message>
        <source>the one that reads what was meant</source>
        <translation>读对的那个</translation>
    </message>
    <message>
        <source>unlike anything that it has learnt</source>
        <translation>与它学过的都不像</translation>
    </message>
    <message>
        <source>the one to which it is more familiar</source>
        <translation>对它更熟悉的那一个</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>One or two short sentences, which the class reads</source>
        <translation>一两句话，给全班看</translation>
    </message>
    <message>
        <source>For whoever teaches; the class does not see them</source>
        <translation>给讲课的人看，全班看不到</translation>
    </message>
    <message>
        <source>How many minutes it takes with a class</source>
        <translation>在课堂上需要多少分钟</translation>
    </message>
    <message>
        <source>– min</source>
        <translation>– 分钟</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>What the class understands at its end</source>
        <translation>结束时全班应当明白什么</translation>
    </message>
    <message>
        <source>Aim</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Move the step up</source>
        <translation>把这一步上移</translation>
    </message>
    <message>
        <source>Move the step down</source>
        <translation>把这一步下移</translation>
    </message>
    <message>
        <source>Leave the step out</source>
        <translation>去掉这一步</translation>
    </message>
    <message>
        <source>Kept in {file}</source>
        <translation>保存在 {file}</translation>
    </message>
    <message>
        <source>no words yet</source>
        <translation>还没有文字</translation>
    </message>
    <message>
        <source>Open lesson</source>
        <translation>打开课程</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>新建课程</translation>
    </message>
    <message>
        <source>Edit lesson</source>
        <translation>编辑课程</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Leave its steps out</source>
        <translation>去掉用到它的步骤</translation>
    </message>
    <message>
        <source>Step {number}</source>
        <translation>第 {number} 步</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>答案：{answer}</translation>
    </message>
    <message>
        <source>{file} is no lesson: it is not TOML ({reason})</source>
        <translation>{file} 不是课程：不是 TOML（{reason}）</translation>
    </message>
    <message>
        <source>{file} needs the models that it brings along: open it in the window</source>
        <translation>{file} 需要它带来的模型：请在窗口中打开</translation>
    </message>
    <message>
        <source>{file}, step {step}: {model} is none of the program's own models, and not inside the file</source>
        <translation>{file}，第 {step} 步：{model} 不是程序自带的模型，也不在文件中</translation>
    </message>
    <message>
        <source>{file} holds more than a lesson can need</source>
        <translation>{file} 的内容超出了课程所需</translation>
    </message>
    <message>
        <source>{file} is damaged: get the file again</source>
        <translation>{file} 已损坏：请重新获取这个文件</translation>
    </message>
    <message>
        <source>there is no field {field}: did you mean {near}?</source>
        <translation>没有字段 {field}：是不是 {near}？</translation>
    </message>
    <message>
        <source>there is no field {field}</source>
        <translation>没有字段 {field}</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}：{reason}</translation>
    </message>
    <message>
        <source>{file} is there already: choose another name</source>
        <translation>{file} 已经存在：请换一个名字</translation>
    </message>
    <message>
        <source>the first one</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>the second one</source>
        <translation>第二个</translation>
    </message>
    <message>
        <source>it has no words yet</source>
        <translation>还没有文字</translation>
    </message>
    <message>
        <source>its question has no words yet</source>
        <translation>问题还没有文字</translation>
    </message>
    <message>
        <source>Belief after each row: the network says it itself</source>
        <translation>每一行之后的判断：由网络自己给出</translation>
    </message>
    <message>
        <source>This file gives states and no answer</source>
        <translation>此文件只给出状态，不给出答案</translation>
    </message>
    <message>
        <source>This file gives states and no answer, so there is nothing that it believes.</source>
        <translation>此文件只给出状态，不给出答案，因此没有可显示的判断。</translation>
    </message>
    <message>
        <source>a step is {rows} rows</source>
        <translation>每一步是 {rows} 行</translation>
    </message>
    <message>
        <source>belief: none</source>
        <translation>逐行判断：无</translation>
    </message>
    <message>
        <source>beside the picture it was given {given}, and so {reason}; if it wants other values, give them: inspect --set NAME=VALUE</source>
        <translation>除图片外给它的是 {given}，结果{reason}；若它需要别的值，请给出：inspect --set NAME=VALUE</translation>
    </message>
    <message>
        <source>it gives states and no answer</source>
        <translation>它只给出状态，不给出答案</translation>
    </message>
    <message>
        <source>it gives states and no answer, so how it wants its pictures could not be checked</source>
        <translation>它只给出状态，不给出答案，因此无法验证它要怎样的图片</translation>
    </message>
    <message>
        <source>it is written for version {version} of ONNX's operators, and onnxruntime runs those from {oldest} on; it cannot be converted: export it anew</source>
        <translation>它用的是 ONNX 算子第 {version} 版，而 onnxruntime 只运行第 {oldest} 版及以后的；它无法转换：请重新导出</translation>
    </message>
    <message>
        <source>it needs {name} beside the picture, which is no tensor of numbers of a known shape</source>
        <translation>除图片外它还需要 {name}，而那不是形状已知的数值张量</translation>
    </message>
    <message>
        <source>it reads {steps} of the {rows} rows, from row {first} on</source>
        <translation>{rows} 行中它只读 {steps} 行，从第 {first} 行起</translation>
    </message>
    <message>
        <source>it says so itself</source>
        <translation>由它自己给出</translation>
    </message>
    <message>
        <source>it takes no {name} beside the picture</source>
        <translation>除图片外它没有名为 {name} 的输入</translation>
    </message>
    <message>
        <source>it takes {rows} of the {side} rows of a picture a call, and no state that it takes ({names}) comes out again for the next call</source>
        <translation>它每次调用读一张图片 {side} 行中的 {rows} 行，而它取用的状态（{names}）都没有为下一次调用再输出</translation>
    </message>
    <message>
        <source>it takes {steps} steps for {rows} rows: blank ones are added</source>
        <translation>它用 {steps} 步读 {rows} 行：另加了空白行</translation>
    </message>
    <message>
        <source>its answer does not change with small changes of the picture</source>
        <translation>图片的微小变化不会改变它的答案</translation>
    </message>
    <message>
        <source>its model card gives {name} the value {value!r}</source>
        <translation>它的模型卡给 {name} 的值是 {value!r}</translation>
    </message>
    <message>
        <source>its model card says {rows!r} rows a call</source>
        <translation>它的模型卡写着每次调用 {rows!r} 行</translation>
    </message>
    <message>
        <source>its recurrent layer is within a branch of an If, and which one is taken changes from picture to picture</source>
        <translation>它的循环层在 If 的一个分支里，而走哪个分支随图片而变</translation>
    </message>
    <message>
        <source>its {steps} steps are spread over the {rows} rows</source>
        <translation>它的 {steps} 步分布在 {rows} 行上</translation>
    </message>
    <message>
        <source>this file gives states and no answer</source>
        <translation>此文件只给出状态，不给出答案</translation>
    </message>
    <message>
        <source>where the states change most</source>
        <translation>状态变化最大之处</translation>
    </message>
    <message>
        <source>{file} gives states and no answer: export it with its output layer, or look at its states with inspect, trace or in the window</source>
        <translation>{file} 只给出状态，不给出答案：请连同输出层一起导出，或用 inspect、trace 或在窗口中查看它的状态</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}，{second}</translation>
    </message>
    <message>
        <source>{name} = {value:g}</source>
        <translation>{name} = {value:g}</translation>
    </message>
    <message>
        <source>Answer: {form}</source>
        <translation>答案：{form}</translation>
    </message>
    <message>
        <source>CTC: a class or a blank after each step, decoded greedily</source>
        <translation>CTC：每一步之后一个类别或空白，按贪心法解码</translation>
    </message>
    <message>
        <source>Calls: {calls}</source>
        <translation>调用：{calls}</translation>
    </message>
    <message>
        <source>Given beside the picture: {given}</source>
        <translation>除图片外给它：{given}</translation>
    </message>
    <message>
        <source>an answer after each step: all count alike</source>
        <translation>每一步之后一个答案：各步同等计入</translation>
    </message>
    <message>
        <source>an answer after each step: the last one counts</source>
        <translation>每一步之后一个答案：以最后一个为准</translation>
    </message>
    <message>
        <source>an output for each class</source>
        <translation>每个类别一个输出</translation>
    </message>
    <message>
        <source>distances: the smallest wins</source>
        <translation>距离：最小者胜出</translation>
    </message>
    <message>
        <source>it takes a row a call, states in and out</source>
        <translation>每次调用读一行，状态进出</translation>
    </message>
    <message>
        <source>it takes {rows} rows a call, states in and out</source>
        <translation>每次调用读 {rows} 行，状态进出</translation>
    </message>
    <message>
        <source>softmax taken twice, which is undone</source>
        <translation>做了两次 softmax，已还原</translation>
    </message>
    <message>
        <source>states, and no answer</source>
        <translation>只有状态，没有答案</translation>
    </message>
    <message>
        <source>the likeliest class alone, without its probability</source>
        <translation>只有最可能的类别，没有概率</translation>
    </message>
    <message>
        <source>the likeliest classes and their numbers</source>
        <translation>最可能的几个类别及其数值</translation>
    </message>
    <message>
        <source>the likeliest classes, without their numbers</source>
        <translation>最可能的几个类别，没有数值</translation>
    </message>
    <message>
        <source>none of its outputs ({outputs}) is an answer: a reader gives a number for each class, the likeliest classes, or one of these after each row</source>
        <translation>它的输出（{outputs}）都不是答案：会读的模型给出每个类别一个数、最可能的类别，或逐行给出其中之一</translation>
    </message>
    <message>
        <source>(drawings of the project's own, not MNIST)</source>
        <translation>（本项目自己的笔迹，不是 MNIST）</translation>
    </message>
    <message>
        <source>Read the digits apart</source>
        <translation>分开读各个数字</translation>
    </message>
    <message>
        <source>Make a picture of the drawing, and find each of its digits there</source>
        <translation>把笔迹变成图片，找出其中的每个数字</translation>
    </message>
    <message>
        <source>this looks like two digits: {first} and {second}</source>
        <translation>像是两个数字：{first} 和 {second}</translation>
    </message>
    <message>
        <source>this looks like {count} digits: {names}</source>
        <translation>像是 {count} 个数字：{names}</translation>
    </message>
    <message>
        <source>click: read them apart</source>
        <translation>点击：分开读</translation>
    </message>
    <message>
        <source>Click: the drawing becomes a picture, and each of its digits is read</source>
        <translation>点击：笔迹变成图片，逐个读出其中的数字</translation>
    </message>
    <message>
        <source>Here are no two digits that stand apart: draw them side by side</source>
        <translation>这里没有分开写的两个数字：请并排写</translation>
    </message>
</context>
</TS>
